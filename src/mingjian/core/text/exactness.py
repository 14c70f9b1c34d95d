"""How exactly the values of quantities are computed."""

from __future__ import annotations

from decimal import Context, Decimal

EXACT = Context(prec=150)
"""Wide enough for every number that is read, times every unit: sums and products are exact."""
_QUOTIENTS = Context(prec=28)


def quotient(value: Decimal, by: Decimal) -> Decimal:
    """The quotient, to 28 figures where decimals cannot say it in fewer.

    >>> quotient(Decimal(1), Decimal(3))
    Decimal('0.3333333333333333333333333333')
    >>> quotient(Decimal("3E+40"), Decimal(3))
    Decimal('1E+40')
    """
    exact = EXACT.divide(value, by)
    return exact if EXACT.multiply(exact, by) == value else _QUOTIENTS.divide(value, by)
