// Files chosen, pasted or dropped are uploaded at once and kept with the draft, one after the other, with progress.

export function takeFiles(form) {
  const input = form.querySelector("input[type=file]");
  const kept = form.querySelector("[data-kept]");
  const address = form.dataset.files;
  let last = Promise.resolve();
  let waiting = 0;

  function add(files) {
    if (!address) return addToForm(files);
    for (const file of files) {
      const line = pendingLine(kept, file.name);
      waiting += 1;
      last = last.then(() => upload(file, line)).finally(() => {
        waiting -= 1;
        line.remove();
      });
    }
  }

  // Where there is no draft to keep them, files go with the form.
  function addToForm(files) {
    const all = new DataTransfer();
    for (const file of [...input.files, ...files]) all.items.add(file);
    input.files = all.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function upload(file, line) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append("attachments", file, file.name);
      request.open("POST", address);
      request.setRequestHeader("HX-Request", "true");
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        line.querySelector("progress").value = loaded / total;
      });
      request.addEventListener("loadend", () => {
        show(request.status, request.responseText);
        done();
      });
      request.send(body);
    });
  }

  function show(status, answer) {
    if (status === 200) kept.innerHTML = answer;
    else if (answer) document.getElementById("toasts")?.insertAdjacentHTML("beforeend", answer);
  }

  async function remove(button) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    const answer = await fetch(button.dataset.removes, { method: "POST", body, headers: { "HX-Request": "true" } });
    show(answer.status, await answer.text());
    form.elements.text.focus();
  }

  form.addEventListener("change", (event) => {
    if (event.target !== input || !address || !input.files.length) return;
    event.stopPropagation();
    add([...input.files]);
    input.value = "";
  });
  form.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    // A copied table is a text and its picture at once; the text is what was meant.
    if (!files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    add(files);
  });
  const bringsFiles = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    form.classList.add("is-target");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("is-target");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-target");
    if (!bringsFiles(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
  kept.addEventListener("click", (event) => {
    const button = event.target.closest("[data-removes]");
    if (button) remove(button);
  });
  form.addEventListener("submit", (event) => {
    if (!waiting || event.defaultPrevented) return;
    event.preventDefault();
    const { submitter } = event;
    last.then(() => form.requestSubmit(submitter));
  });
}

function pendingLine(kept, name) {
  const line = document.createElement("p");
  line.className = "file pending-file";
  const label = line.appendChild(document.createElement("bdi"));
  label.className = "file-name";
  label.textContent = name;
  const progress = line.appendChild(document.createElement("progress"));
  progress.max = 1;
  progress.setAttribute("aria-label", name);
  kept.after(line);
  return line;
}
