"""The console's pages, one blueprint each. A page reads, makes its view and fills a template."""

from flask import Blueprint

from web.pages import calls, cases, hearing, language, quality, queue, recordings, script, today

blueprint = Blueprint("console", __name__)
for part in (today, queue, calls, cases, quality, hearing, script, recordings, language):
    blueprint.register_blueprint(part.pages)
