"""What people say in the workbench, in a file of its own: reviews, and what else is put beside them.

It is written in short transactions, while another program may hold the writer's lock of the workspace for hours.
"""

from mingjian.store.desk.file import DESK, DeskFile

__all__ = ["DESK", "DeskFile"]
