"""A law of a few lines, for tests that write their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

FACTS = """\
act: {type: enum, values: [export, import], ask: {en: What is done?, zh: 做什么?}}
dates.contract: {type: date, ask: {en: When was it signed?, zh: 何时签订?}}
dates.order: {type: date, ask: {en: When was it ordered?, zh: 何时订购?}}
case.on: {type: date, ask: {en: On which day?, zh: 哪一天?}}
case.minute: {type: number, ask: {en: At which minute?, zh: 哪一分钟?}}
shipment.to: {type: country, ask: {en: Where to?, zh: 去哪里?}}
item.kind: {type: enum, values: [chip, tool], ask: {en: What is it?, zh: 是什么?}}
item.tpp: {type: number, scale: 3, min: 0, ask: {en: How fast is it?, zh: 多快?}}
item.area: {type: number, unit: mm2, scale: 3, min: 0, ask: {en: How large is it?, zh: 多大?}}
item.density: {type: number, scale: 6, min: 0, ask: {en: How dense is it?, zh: 多密?}}
item.delta: {type: number, scale: 3, ask: {en: How far off is it?, zh: 偏差多少?}}
item.datacenter: {type: yes_no, ask: {en: Is it for datacenters?, zh: 用于数据中心?}}
item.declared.xx: {type: set, of: text, ask: {en: Which code?, zh: 什么编码?}}
rate.tops: {type: number, scale: 3, min: 0, ask: {en: Which rate?, zh: 速率?}}
rate.bits: {type: number, min: 0, ask: {en: At which length?, zh: 位宽?}}
party.name: {type: text, ask: {en: Who?, zh: 谁?}}
party.roles: {type: set, of: enum, values: [buyer, end_user], ask: {en: In which role?, zh: 角色?}}
party.country: {type: country, ask: {en: From where?, zh: 哪国?}}
owner.share: {type: number, unit: "%", scale: 4, min: 0, ask: {en: Which share?, zh: 份额?}}
listing.list: {type: enum, values: [xx.list], ask: {en: Which list?, zh: 名单?}}
evidence.kind: {type: enum, values: [licence], ask: {en: Which paper?, zh: 文件?}}
"""
INSTRUMENT = """\
id: xx.act
kind: instrument
jurisdiction: xx
title: The Act
cite: The Act
authority: The Office
encoded_from: 2020-01-01
checked_to: 2026-01-01
territory: [NL]
"""
HEAD = "id: xx.act.1\nkind: entry\nsubject: item\ncite: Act s. 1\ntitle: Chips\n"
SOURCE = "source: {cite: OJ 1, read: 2026-01-02, basis: official}"

Writer = Callable[..., Path]


def write_law(root: Path, files: dict[str, str], facts: str = FACTS, instrument: str = INSTRUMENT) -> Path:
    """Write a law into a folder: the dictionary, one instrument, and the files given by name."""
    for name, text in {"facts/facts.yaml": facts, "xx/_instrument.yaml": instrument, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return root


def rule_text(when: str = "item.datacenter", head: str = HEAD, more: str = "") -> str:
    """A rule with one version: its condition, and further lines of the head."""
    return f"{head}versions:\n  - from: 2022-01-01\n    {SOURCE}\n    when: {when}\n{more}"
