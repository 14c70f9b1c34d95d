"""``python -m mingjian``: the same as the command."""

from mingjian_start import run

if __name__ == "__main__":
    run()
