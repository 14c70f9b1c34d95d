"""What a plug-in must do, as checks that its own tests call.

    from mingjian.testing import check_recognizer
    def test_my_recognizer() -> None:
        check_recognizer(MyRecognizer())

Each raises ``AssertionError`` saying what is wrong, and is silent otherwise.
"""

from mingjian.testing.books import check_books
from mingjian.testing.engines import TEXTS, check_language_model, check_recognizer
from mingjian.testing.stores import check_store

__all__ = ["TEXTS", "check_books", "check_language_model", "check_recognizer", "check_store"]
