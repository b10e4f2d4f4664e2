"""A publication whose prose has everything that tags get wrong: notes, nested lists, links with children, tables."""

from __future__ import annotations

from pathlib import Path

from tests.publication import write_small_publication

SUMMARY = """\
---
appearance: shan-wei
---

# 一级标题

### 跳过一级的标题

城市依海而兴[^first]，见[**海岸** *公报* `v2`](https://example.org/a)与
[一段很长的链接文字，长到必须在版心之内折行，以便检查折行之后的两个区域仍属同一链接元素，再长一些也无妨](https://example.org/b)。

- 第一，护岸：
  1. 石堤；
  2. 木桩[^second]。
- 第二，护湾。

  另起一段。

> 潮来潮往。

| 年份 | 堤长 |
|------|-----:|
| 2023 | 12   |
| 2024 | 15   |

```
tide --height 3
```

---

![测潮站的标尺](photos/shan-wei.jpg)

[^first]: 见《海岸志》，又见[**别处**](https://example.org/c)。
[^second]: 木桩须防腐。
"""

LONG_PARAGRAPH = "\n\n" + "潮位记录逐年积累，堤岸随之加高，沿岸居民的生活因此安稳。" * 90 + "\n"


def write_awkward_publication(folder: Path) -> None:
    """Write the small publication with an awkward summary, and a paragraph that runs over pages."""
    write_small_publication(folder)
    (folder / "summaries" / "shan-wei.md").write_text(SUMMARY + LONG_PARAGRAPH, encoding="utf-8")
    programme = folder / "programme.yaml"
    text = programme.read_text(encoding="utf-8")
    programme.write_text(
        text.replace("hosts: [lin-yue]", "hosts: [{person: lin-yue, scope: 致辞环节}]"), encoding="utf-8"
    )
