"""What must hold of names in any script: who is found under which spelling, and who is not taken for another."""

from __future__ import annotations

import pytest

from licet.parties.match.index import Index
from licet.parties.match.pairs import score_pair

from .making import ENTRIES, found

FOUND = """Harbin Institute of Technology|firm|hit
哈尔滨工业大学|firm|hit
Harbin Engineering University|firm|heu
哈尔滨工程大学|firm|heu
華為技術有限公司|firm|huawei
华为|firm|huawei
Huawei|firm|huawei
Hauwei Technologies|firm|huawei
HuaweiTechnologies|firm|huawei
Hua Wei Technologies|firm|huawei
中芯国际集成电路制造|firm|smic
SMIC|firm|smic
JOINT SOCK COMPANY ROSBANK|firm|rosbank
ПAО Pосбанк|firm|rosbank
Rosbank JSC|firm|rosbank
ООО Вектранефть|firm|vektra
Karadoğan Denizcilik Lojistik Limited Şirketi|firm|karadogan
Quetzalmar Inversiones|firm|quetzalmar
المرجانة الزرقاء|firm|murjanah
Zhejiang Dahua|firm|dahua
China Electronics Technology Group Corporation No. 14 Research Institute|firm|14
中国电子科技集团公司第十四研究所|firm|14
王偉|person|wang
Wang Wei|person|wang
Wei WANG|person|wang
Wáng Wěi|unknown|wang
Kuo Tai-ming|person|guo
Tai-Ming KUO|unknown|guo
郭台铭|person|guo
Arseniy Zavyalkin|person|zavyalkin
Zavialkin Arsenii Feofanovich|person|zavyalkin
Завьялкин Арсений Феофанович|person|zavyalkin
Mohammed Yousef Al-Qassimi|person|qasimi
محمد يوسف القاسمي|person|qasimi
박남진|person|paknam
Nam Jin PAK|person|paknam
Alexis Tsipouras|person|tsipouras
高石早苗|person|takaichi
Brisk Lantern|vessel|lantern"""

SILENT = """TSMC|firm
Taiwan Semiconductor Manufacturing Company|firm
台湾积体电路制造股份有限公司|firm
Technology Co., Ltd.|firm
General Trading LLC|firm
Bank|firm
Wang Wen|person
Wang Min|person
王芳|person
高市早苗|person
Arseniy Petrov|person
Ivan Zavyalkin|person
محمد علي|person
Harbin Brewery|firm
哈尔滨啤酒有限公司|firm
...|unknown
🚀|unknown"""


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(ENTRIES)


@pytest.mark.parametrize("row", FOUND.splitlines())
def test_is_found_first(index: Index, row: str) -> None:
    name, kind, number = row.split("|")
    assert found(index, name, kind)[:1] == [number]


@pytest.mark.parametrize("row", SILENT.splitlines())
def test_is_nobody(index: Index, row: str) -> None:
    name, kind = row.split("|")
    assert found(index, name, kind) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Harbin Institute of Technology", "heu"),
        ("哈尔滨工业大学", "heu"),
        ("Harbin Engineering University", "hit"),
        ("哈尔滨工程大学", "hit"),
        ("China Electronics Technology Group Corporation 38th Research Institute", "cetc"),
    ],
)
def test_a_neighbour_is_another(index: Index, name: str, other: str) -> None:
    assert other not in found(index, name, "firm")


SAME = [
    ("华为", "華為", "firm"),
    ("華為技術有限公司", "Huawei Technologies Co., Ltd.", "firm"),
    ("王伟", "Wang Wei", "person"),
    ("王伟", "WANG, Wei", "person"),
    ("王偉", "Wáng Wěi", "unknown"),
    ("Kuo Tai-ming", "Guo Taiming", "person"),  # Wade-Giles
    ("Chang Tso-lin", "Zhang Zuolin", "person"),
    ("Liu Hsiao-po", "Liu Xiaobo", "person"),
    ("Wong Wai Man", "Wang Wai Man", "person"),  # a Cantonese surname
    ("欧阳修", "Ouyang Xiu", "person"),
    ("哈尔滨工业大学", "Harbin Institute of Technology", "firm"),
    ("東京電力", "东京电力", "firm"),
    ("株式会社東芝", "東芝", "firm"),
    ("삼성전자 주식회사", "삼성전자", "firm"),
    ("김정은", "Kim Jong Un", "person"),
    ("V. Putin", "Vladimir Putin", "person"),
    ("Putin Vladimir Vladimirovich", "Vladimir Putin", "person"),
    ("Владимир Путин", "Wladimir Poutine", "person"),
    ("محمد بن سلمان", "Mohammed bin Salman", "person"),
    ("بشار الأسد", "Bashar al-Assad", "person"),
    ("Αλέξης Τσίπρας", "Alexis Tsipras", "person"),
    ("第十四研究所", "No. 14 Research Institute", "firm"),
    ("第十四研究所", "14th Research Institute", "firm"),
    ("第七〇二研究所", "702nd Research Institute", "firm"),
    ("OOO Romashka", "Ромашка, общество с ограниченной ответственностью", "firm"),
]
OTHERS = [
    ("TSMC", "SMIC", "firm"),
    ("Taiwan Semiconductor Manufacturing Company", "Semiconductor Manufacturing International Corporation", "firm"),
    ("台湾积体电路制造股份有限公司", "中芯国际集成电路制造有限公司", "firm"),
    ("Harbin Institute of Technology", "Harbin Engineering University", "firm"),
    ("哈尔滨工业大学", "哈尔滨工程大学", "firm"),
    ("哈尔滨工业大学", "Harbin Engineering University", "firm"),
    ("北京航空航天大学", "南京航空航天大学", "firm"),
    ("高石早苗", "高市早苗", "person"),
    ("高石早苗", "高市早苗", "unknown"),
    ("Wang Wei", "Wang Wen", "person"),
    ("Wang Da", "Wang Di", "person"),
    ("Wang An", "Wang Wa", "unknown"),
    ("Bank of China", "Bank of Korea", "firm"),
    ("13th Research Institute", "14th Research Institute", "firm"),
    ("第十三研究所", "第十四研究所", "firm"),
    ("Husayn Ali", "Hasan Ali", "person"),
    ("محمد", "Aie Ou", "person"),
    ("", "Huawei", "firm"),
]


@pytest.mark.parametrize(("one", "other", "kind"), SAME)
def test_one_name(one: str, other: str, kind: str) -> None:
    assert score_pair(one, other, kind).score > 0.74
    assert score_pair(other, one, kind).score > 0.74


@pytest.mark.parametrize(("one", "other", "kind"), OTHERS)
def test_two_names(one: str, other: str, kind: str) -> None:
    assert score_pair(one, other, kind).score < 0.65
    assert score_pair(other, one, kind).score < 0.65
