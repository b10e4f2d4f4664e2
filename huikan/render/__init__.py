"""From a resolved booklet to semantic HTML, and from that HTML to every face."""

from huikan.render.declarations import remember_declarations
from huikan.render.deferred import defer_rare_modules
from huikan.render.face_names import name_faces_in_english

name_faces_in_english()
remember_declarations()
defer_rare_modules()
