// Whether a key belongs to what somebody writes: then it is never a shortcut.

const WRITTEN_IN = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

export function isWriting(event) {
  return event.isComposing || event.keyCode === 229 || event.target.closest(WRITTEN_IN) !== null;
}
