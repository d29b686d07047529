"""Words of a table of parties as values: the names of columns, roles, kinds, dates of birth, countries.

What can be read in two ways is not read: it is told in a note, and the party is screened without it, which can only
find more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from licet.parties.known import name_key
from licet.parties.readers.countries import country
from licet.parties.readers.dates import iso

FIELDS = ("name", "role", "country", "address", "born", "id", "kind")
MANY = frozenset({"address", "id"})  # may stand in several columns
# The first word of each is the plainest: where several columns fit, the one of that name is meant.
_HEADERS = {
    "name": "name, party, party name, entity, entity name, company, company name, full name, customer, customer name, "
    "business partner, counterparty, 名称, 姓名, 名字, 公司, 公司名称, 企业名称, 单位名称, 客户, 客户名称, 交易方, "
    "当事方",
    "role": "role, roles, party role, 角色, 身份, 交易角色",
    "country": "country, countries, country code, nationality, citizenship, iso country, 国家, 国别, 国籍, 国家代码, "
    "国家地区",
    "address": "address, addresses, street address, full address, 地址, 住址, 注册地址, 办公地址",
    "born": "birth date, born, date of birth, birthdate, birthday, birth, dob, births, 出生日期, 生日, 出生年月, "
    "出生年月日",
    # not `id` alone: it is mostly the number of the row
    "id": "identifier, identifiers, registration number, registration no, tax id, tax number, passport, "
    "passport number, imo, imo number, lei, inn, uscc, 证件号码, 证件号, 身份证号, 护照号, 统一社会信用代码, 注册号, "
    "税号, 识别号",
    "kind": "kind, type, party type, entity type, 类型, 类别, 主体类型",
}
_KINDS = {
    "person": "person, individual, natural person, man, woman, 个人, 自然人, 人",
    "firm": "firm, company, entity, organisation, organization, legal entity, business, university, 公司, 企业, 法人, "
    "单位, 机构, 组织, 大学, 实体",
    "vessel": "vessel, ship, boat, 船舶, 船",
    "aircraft": "aircraft, plane, airplane, 飞机, 航空器",
    "unknown": "unknown, 未知",
}
_ROLES = {
    "purchaser": "buyer, 买方, 购买人, 采购方, 购买方",
    "end_user": "end user, 最终用户",
    "ultimate_consignee": "final consignee, 最终收货人",
    "intermediate_consignee": "中间收货人",
    "forwarder": "freight forwarder, forwarding agent, 货代, 货运代理, 货运代理人",
    "bank": "银行",
    "carrier": "承运人",
    "exporter": "出口商, 出口方, 出口人",
    "seller": "卖方, 销售方",
    "manufacturer": "制造商",
    "producer": "生产商, 生产方",
    "broker": "经纪人, 中间商",
    "shipyard": "船厂",
}
_PARTS = re.compile(r"[;|\n；、]+")
_MARKED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
_DIGITS = re.compile(r"\d{8}")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def _table(words: dict[str, str]) -> dict[str, str]:
    return {name_key(word): value for value, listed in words.items() for word in listed.split(", ")}


HEADERS, KIND_WORDS, ROLE_WORDS = _table(_HEADERS), _table(_KINDS), _table(_ROLES)
PLAINEST = {field: next(map(name_key, listed.split(", "))) for field, listed in _HEADERS.items()}


def parts(text: str) -> tuple[str, ...]:
    """The values of a cell that may hold several."""
    return tuple(dict.fromkeys(part.strip() for part in _PARTS.split(text) if part.strip()))


def clean(text: str) -> str:
    """A name without control characters and half characters, and with single spaces."""
    return " ".join(_CONTROLS.sub(" ", unicodedata.normalize("NFC", text)).split())


def kind_of(text: str) -> tuple[str, str]:
    """The kind of party a word names, and a note where it names none."""
    kind = KIND_WORDS.get(name_key(text)) if text.strip() else "unknown"
    return (kind, "") if kind else ("unknown", f"kind {text.strip()!r} is not known")


def roles_of(text: str, known: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The roles that words name, of those the law knows, and a note for each that names none."""
    own = {name_key(role): role for role in known}
    found, notes = [], []
    for word in (part for cell in parts(text) for part in cell.split(",")):
        role = own.get(name_key(word)) or ROLE_WORDS.get(name_key(word))
        if role is not None and role in known:
            found.append(role)
        elif word.strip():
            notes.append(f"role {word.strip()!r} is none the law knows")
    return tuple(dict.fromkeys(found)), tuple(notes)


def countries_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the countries named, and a note for each that is none."""
    found, notes = [], []
    for part in [text.strip()] if country(text) else parts(text.replace(",", ";").replace("/", ";")):
        code = country(part)
        if code:
            found.append(code)
        else:
            notes.append(f"country {part!r} is not known")
    return tuple(dict.fromkeys(found)), tuple(notes)


def births_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Dates of birth in ISO form, and a note for each that is none or that can be read in two ways."""
    found, notes = [], []
    for part in parts(text):
        day, note = _birth(part)
        found.extend([day] if day else [])
        notes.extend([note] if note else [])
    return tuple(dict.fromkeys(found)), tuple(notes)


def _birth(text: str) -> tuple[str, str]:
    marked = _MARKED.fullmatch(text)
    if marked:
        first, _, second, year = marked.groups()
        if first != second and max(int(first), int(second)) <= 12:
            return year, f"date of birth {text!r} can be read in two ways: only the year is used; write YYYY-MM-DD"
        month_first = int(second) > 12
        day = iso(text, month_first)
    else:
        day = iso(f"{text[:4]}-{text[4:6]}-{text[6:]}" if _DIGITS.fullmatch(text) else text)
    return (day, "") if day else ("", f"date of birth {text!r} is not understood")
