"""The web face: one HTML page that holds everything it needs."""

from huikan.render.web.page import OtherLanguage, WebPage, write_web

__all__ = ["OtherLanguage", "WebPage", "write_web"]
