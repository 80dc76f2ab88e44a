"""The currencies there are, and how many decimals each has."""

from __future__ import annotations

from functools import cache

from babel.numbers import get_currency_name, get_currency_precision, list_currencies

# In use today: what ISO 4217 lists and CLDR names, without funds, metals, tests and money of the past.
_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
CODES = tuple(_CODES.split())
_KNOWN = list_currencies()
# CLDR rounds some currencies for shops; the books keep what ISO 4217 says.
_TWO_DIGITS = """
AFN ALL AMD COP CRC CZK DKK GYD HUF IDR INR IRR KPW LAK LBP MGA MMK MNT MUR NOK PKR RSD SEK SLE SOS SYP TMT TWD TZS UZS
YER
"""
_ISO_DIGITS = {"IQD": 3, **dict.fromkeys(_TWO_DIGITS.split(), 2)}
CURRENCIES = [(code, f"{code}, {get_currency_name(code, locale='en')}") for code in CODES if code in _KNOWN]


@cache
def minor_digits(currency: str) -> int:
    """How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD."""
    return _ISO_DIGITS.get(currency, get_currency_precision(currency))
