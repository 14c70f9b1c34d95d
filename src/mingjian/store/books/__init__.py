"""The books on the disk: things, mentions and links in one SQLite file that can be removed at any time."""

from mingjian.store.books.checking import SIGNS_OF_DAMAGE, books_damage
from mingjian.store.books.connecting import FILE, BooksState, state_of_books
from mingjian.store.books.nodes import KeptLink, KeptNode
from mingjian.store.books.packing import pack, profile_decoder
from mingjian.store.books.reading import UNDATED, BooksReader
from mingjian.store.books.writing import BooksWriter, KeptMention, NewMention

__all__ = [
    "FILE",
    "SIGNS_OF_DAMAGE",
    "UNDATED",
    "BooksReader",
    "BooksState",
    "BooksWriter",
    "KeptLink",
    "KeptMention",
    "KeptNode",
    "NewMention",
    "books_damage",
    "pack",
    "profile_decoder",
    "state_of_books",
]
