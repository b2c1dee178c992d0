"""Spans of answers and requests for OpenTelemetry, sent only where an address is configured.

A span says how long, in which scope, by which writer and with what outcome; never what was
asked or answered. Knows nothing of HTTP. Install the extra `tracing` for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from assistant.answer import Event, Finished, Found, Question, Understood, Wrote
from store.records import Scope, SettingsError

INSTALL = "pip install 'porte-parole[tracing]'"


class Tracing:
    """Sends spans to an OTLP collector over HTTP, such as http://127.0.0.1:4318/v1/traces, behind whoever works.

    A provider of its own: the libraries inside this process do not join in. Raises
    SettingsError where the packages are missing.
    """

    def __init__(self, url: str, version: str) -> None:
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            raise SettingsError(f"PORTE_PAROLE_OTLP_URL needs the tracing packages: {INSTALL}") from error
        about = Resource.create({"service.name": "porte-parole", "service.version": version})
        self._provider = TracerProvider(resource=about, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url, timeout=5)))
        self._tracer = self._provider.get_tracer("porte-parole")

    def request(self, method: str, carrier: dict[str, str]) -> AbstractContextManager[Any]:
        """A span around a request, in the trace that the caller's `traceparent` names."""
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        context = TraceContextTextMapPropagator().extract(carrier)
        return self._tracer.start_as_current_span(method, context=context, kind=SpanKind.SERVER)

    def traced(self, question: Question, scope: Scope, events: Iterator[Event]) -> Iterator[Event]:
        """The same events; each step is an event of the answer's span."""
        span = self._tracer.start_span("answer", attributes={"porte_parole.scope": scope.value})
        try:
            for event in events:
                match event:
                    case Understood() | Found() | Wrote():
                        span.add_event(type(event).__name__.lower())
                    case Finished(answer=answer):
                        span.set_attribute("porte_parole.writer", answer.written.name)
                        span.set_attribute("porte_parole.sentences", len(answer.sentences))
                        span.set_attribute("porte_parole.abstained", answer.abstention is not None)
                yield event
        finally:
            span.end()

    def close(self) -> None:
        """Send what waits."""
        self._provider.shutdown()
