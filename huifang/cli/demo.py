"""``huifang demo``: the main job on a list and a cast, with nothing configured."""

from datetime import datetime
from pathlib import Path

import click

from huifang.cli import Moment, json_option
from huifang.cli.output import emit, say
from huifang.logs import configure
from huifang.servers import polite_end
from huifang.settings import load


@click.command("demo")
@click.option("--once", is_flag=True, help="Exit when everybody was rung and heard.")
@click.option(
    "--policies",
    type=click.Path(path_type=Path),
    help="Another policy list (xlsx or csv); give a cast with it.",
)
@click.option(
    "--cast", type=click.Path(path_type=Path), help="Another cast file; see docs/cast.md."
)
@click.option("--at", type=Moment(), help="When the exchange's clock begins.")
@click.option("--engine", type=click.Choice(["auto", "vosk", "whisper", "none"]))
@json_option
def demo_command(
    once: bool,
    policies: Path | None,
    cast: Path | None,
    at: datetime | None,
    engine: str | None,
    as_json: bool,
) -> None:
    """Import a policy list, ring everybody through the exchange in a box, hear the recordings,
    open the cases; then serve the console.

    Nobody is really called. A demonstration that was interrupted goes on where it stopped.
    """
    from huifang.cli import demo_view
    from huifang.demo import place
    from huifang.demo.session import Inputs, play, staged
    from huifang.wiring import choose_speech

    if policies is not None and cast is None:
        raise click.UsageError("give a cast with the list: --cast FILE says who answers, and how")
    settings = load()
    configure(settings.log_level if not as_json else "error")
    inputs = Inputs(policies or place.POLICIES, cast or place.CAST, at)
    speech = choose_speech(settings, engine or settings.engine)
    say(speech.why)
    with staged(settings, inputs, speech) as stage:
        demo_view.announce(stage)
        with demo_view.watching(show=not as_json) as watch:
            results = play(stage, watch)
        if as_json:
            emit(results.as_json())
        else:
            demo_view.show(results)
        if not once:
            demo_view.goodbye(stage)
            polite_end().wait()
