"""Dictionaries are read when first needed: importing the text rooms stays cheap for every process."""

import subprocess
import sys


def test_importing_loads_no_dictionary() -> None:
    program = (
        "import sys; import haoke.core.text.folding, haoke.core.text.excerpts, haoke.core.text.pinyin, "
        "haoke.core.text.phones; print([name for name in ('opencc', 'rjieba', 'pypinyin', 'phonenumbers') "
        "if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
