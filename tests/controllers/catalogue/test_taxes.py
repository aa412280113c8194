"""The delivered taxes and what holds on a day."""

import datetime as dt
from decimal import Decimal

import pytest

from controllers.catalogue.taxes import install_presets, preset
from controllers.core.app import App
from models.values.documents import NO_TAX
from models.values.errors import DomainError, NotFoundError

D = Decimal
TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def taxed(app: App) -> App:
    app.write(install_presets)
    return app


def rates(app: App, code: str, on: dt.date = TODAY) -> dict[str, Decimal]:
    found = app.read(preset, code, on)
    return {each.tax_class: each.rate for each in found.rates}


def test_presets_are_installed_once(taxed: App) -> None:
    assert taxed.write(install_presets) == 0


def test_ppn_is_reckoned_on_eleven_twelfths(taxed: App) -> None:
    ppn = taxed.read(preset, "ppn", TODAY)
    assert (ppn.base_numerator, ppn.base_denominator, ppn.label) == (11, 12, "PPN")
    assert rates(taxed, "ppn")["standard"] == D(12)


@pytest.mark.parametrize(
    ("code", "on", "rate"),
    [
        ("ppn", dt.date(2024, 12, 31), 11),
        ("ppn", dt.date(2022, 3, 31), 10),
        ("ppn_effective", TODAY, 11),
        ("ppn_luxury", TODAY, 12),
        ("gst", dt.date(2023, 5, 1), 8),
        ("gst", dt.date(2022, 12, 31), 7),
        ("gst", TODAY, 9),
        ("sst_service", dt.date(2024, 2, 29), 6),
        ("sst_service", TODAY, 8),
        ("sst_sales", TODAY, 10),
    ],
)
def test_rates_hold_from_their_day(taxed: App, code: str, on: dt.date, rate: int) -> None:
    assert rates(taxed, code, on)["standard"] == rate


def test_the_fraction_did_not_hold_before_it_was_law(taxed: App) -> None:
    ppn = taxed.read(preset, "ppn", dt.date(2024, 12, 31))
    assert (ppn.base_numerator, ppn.base_denominator, ppn.base_label) == (1, 1, "")


def test_no_tax_needs_no_record(app: App) -> None:
    assert app.read(preset, "none", TODAY) is NO_TAX
    assert app.read(preset, "", TODAY) is NO_TAX


def test_an_unknown_tax_is_refused_with_the_known_ones(taxed: App) -> None:
    with pytest.raises(NotFoundError, match="ppn, ppn_effective") as caught:
        taxed.read(preset, "vat", TODAY)
    assert caught.value.field == "tax"


def test_a_day_before_every_rate_is_refused(taxed: App) -> None:
    with pytest.raises(DomainError, match="earlier date"):
        taxed.read(preset, "gst", dt.date(1990, 1, 1))
