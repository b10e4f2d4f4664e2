"""A publication of any size from a seed: the sample's people, photographs and prose, shuffled and renamed.

python -m benchmarks.generate FOLDER --summaries 210 --seed 1
"""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path
from typing import Any

import yaml

SAMPLE = Path(__file__).resolve().parent.parent / "content"
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华建文辉力国庆志新宇浩然子轩雨欣梦佳琪思远嘉宁"
_SESSIONS_OF = 12


def generate(folder: Path, summaries: int, seed: int = 1, longer: int = 0, own_photos: bool = False) -> None:
    """Write a publication with that many speakers, each with a photograph and a summary, in sessions of twelve.

    A summary has one to three paragraphs, and so many as `longer` says in addition.
    With `own_photos` nobody shares a photograph: each file differs, though the pictures repeat.
    """
    dice = random.Random(seed)
    prose = _sample_paragraphs()
    people: dict[str, Any] = {}
    sessions: list[dict[str, Any]] = []
    (folder / "summaries").mkdir(parents=True, exist_ok=True)
    (folder / "photos").mkdir(exist_ok=True)
    photos = sorted((SAMPLE / "photos").glob("*.jpg"))
    for photo in photos:
        shutil.copyfile(photo, folder / "photos" / photo.name)
    for number in range(summaries):
        id = f"speaker-{number + 1}"
        name = dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, dice.choice([1, 2, 2])))
        photo = photos[number % len(photos)]
        if own_photos:
            photo = _marked(photo, folder / "photos" / f"{id}.jpg", id)
        people[id] = {
            "name": {"zh": name, "en": f"Speaker {number + 1}"},
            "title": {"zh": ["国家知识产权研究中心", f"第{number % 90 + 1}研究室主任"], "en": "Director of Research"},
            "photo": f"photos/{photo.name}",
        }
        if number % _SESSIONS_OF == 0:
            ordinal = len(sessions) + 1
            sessions.append(
                {
                    "id": f"session-{ordinal}",
                    "kind": "panel",
                    "label": {"zh": f"专题发言{ordinal}", "en": f"Session {ordinal}"},
                    "title": {"zh": "深化交流 推进国际合作", "en": "Exchange and Cooperation"},
                    "items": [],
                }
            )
        sessions[-1]["items"].append(id)
        text = "\n\n".join(dice.sample(prose, dice.choice([1, 2, 2, 3]) + longer))
        summary = f"---\nappearance: {id}\n---\n\n{text}\n"
        (folder / "summaries" / f"{id}.md").write_text(summary, encoding="utf-8")
    booklet = yaml.safe_load((SAMPLE / "booklet.yaml").read_text(encoding="utf-8"))
    booklet |= {"id": f"generated-{summaries}", "languages": ["zh-Hans"]}
    shutil.copyfile(SAMPLE / "organisations.yaml", folder / "organisations.yaml")
    for name, content in (("booklet", booklet), ("people", people), ("programme", {"sessions": sessions})):
        written = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(written, encoding="utf-8")


def _marked(photo: Path, copy: Path, mark: str) -> Path:
    """A copy of a JPEG whose bytes no other has: with a comment before its end."""
    comment = mark.encode()
    content = photo.read_bytes().removesuffix(b"\xff\xd9")
    copy.write_bytes(content + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + b"\xff\xd9")
    return copy


def _sample_paragraphs() -> list[str]:
    paragraphs = []
    for path in sorted((SAMPLE / "summaries").glob("*.md")):
        if path.stem.endswith(".en"):
            continue
        body = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        paragraphs += [
            block.strip() for block in body.split("\n\n") if block.strip() and block.strip()[0] not in "-*|>[1"
        ]
    return [block for block in paragraphs if "[^" not in block]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--summaries", type=int, default=210)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.summaries, arguments.seed)


if __name__ == "__main__":
    main()
