"""An XML file of messages of the federal kind, invented, for tests.

Knows nothing of how it is read.
"""

from __future__ import annotations

from html import escape

_MESSAGE = """<message id="{id}" revoked="no"><pubdate>{day}</pubdate>
<originator id="2" lead="no"><name lang="fr">Office du littoral</name><name lang="en">Coast Office</name></originator>
<originator id="1" lead="yes"><name lang="fr">{issuer}</name><name lang="en">{issuer}</name></originator>
<content lang="fr"><city>{place}</city><title>{title}</title><lead>{lead}</lead><text link="no">{body}</text>
<contact>{contact}</contact></content></message>"""

LEAD = "La criée de Port-Clair rouvre mardi, après deux ans de travaux et quatorze millions d'euros."
BODY = (
    "<p>Les travaux ont duré deux ans. Ils ont occupé cinquante entreprises du littoral, dont vingt de Port-Clair.</p>"
    "<h2>Une halle neuve</h2><p>La halle offre quarante étals.<br/>Elle ouvre à huit heures, tous les jours.</p>"
    "<ul><li>des étals chauffés</li><li>une glacière de cent mètres cubes</li></ul>"
    "<p><b>Et demain ?</b></p><p>Une seconde halle suivra, dit le président du port, si la pêche va.</p>"
)
CONTACT = "Anne Douce, attachée de presse, +41 58 000 11 22, anne.douce@port-clair.example"


def messages(count: int = 1, **fields: str) -> bytes:
    """So many messages as XML; each has its own day and title."""
    made = []
    for number in range(count):
        facts = {
            "id": str(100 + number),
            "day": f"2024-05-{number + 1:02d}",
            "issuer": "Agence des ports de l'Estuaire",
            "place": "Port-Clair",
            "title": f"La criée de Port-Clair rouvre ses portes pour la saison {number + 1}",
            "lead": LEAD,
            "body": BODY,
            "contact": CONTACT,
            **fields,
        }
        made.append(_MESSAGE.format(**{name: escape(value) for name, value in facts.items()}))
    return (
        '<?xml version="1.0"?><messages xmlns="https://press.example/messages">' + "".join(made) + "</messages>"
    ).encode()
