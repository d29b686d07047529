"""A small list of parties for the tests of matching: official names of public bodies, and invented ones."""

from __future__ import annotations

from typing import Any

from licet.parties.entry import Entry, Name
from licet.parties.match.hit import Query
from licet.parties.match.index import Index

# Id, kind, names: the first is the row's own.
ROWS = (
    ("hit", "firm", ("Harbin Institute of Technology", "哈尔滨工业大学")),
    ("heu", "firm", ("Harbin Engineering University",)),
    ("smic", "firm", ("Semiconductor Manufacturing International Corporation", "SMIC", "中芯国际集成电路制造有限公司")),
    ("cetc", "firm", ("China Electronics Technology Group Corporation",)),
    ("14", "firm", ("China Electronics Technology Group Corporation 14th Research Institute",)),
    ("huawei", "firm", ("Huawei Technologies Co., Ltd.", "华为技术有限公司")),
    ("dahua", "firm", ("Zhejiang Dahua Technology Co., Ltd.",)),
    ("rosbank", "firm", ("PUBLIC JOINT STOCK COMPANY ROSBANK", "ПАО Росбанк")),
    ("vektra", "firm", ("OBSHCHESTVO S OGRANICHENNOI OTVETSTVENNOSTYU VEKTRANEFT", "OOO VEKTRANEFT")),
    ("karadogan", "firm", ("Karadogan Denizcilik Lojistik Ltd. Sti.",)),
    ("murjanah", "firm", ("Al-Murjanah Blue General Trading LLC", "شركة المرجانة الزرقاء")),
    ("quetzalmar", "firm", ("Inversiones Quetzalmar, S.A. de C.V.",)),
    ("wang", "person", ("WANG, Wei", "王伟")),
    ("guo", "person", ("GUO, Taiming",)),
    ("takaichi", "person", ("高石早苗",)),
    ("zavyalkin", "person", ("ZAVYALKIN, Arseniy Feofanovich", "Арсений Феофанович Завьялкин")),
    ("qasimi", "person", ("QASIMI, Muhammad Yusuf", "محمد يوسف قاسمي")),
    ("paknam", "person", ("PAK Nam Jin", "박남진")),
    ("tsipouras", "person", ("Αλέξης Τσιπούρας",)),
    ("lantern", "vessel", ("BRISK LANTERN",)),
)


def entry(number: object, *names: str, kind: str = "firm", **more: Any) -> Entry:
    """An entry of an invented list."""
    own = tuple(Name(text, "alias" if at else "primary") for at, text in enumerate(names))
    return Entry("test", str(number), own, kind, **more)


ENTRIES = tuple(entry(number, *names, kind=kind) for number, kind, names in ROWS)


def found(index: Index, name: str, kind: str = "unknown", threshold: float = 0.72, **more: Any) -> list[str]:
    """The ids of what an index finds for a name, best first."""
    return [hit.entry.id for hit in index.search(Query(name, kind, **more), threshold=threshold)]
