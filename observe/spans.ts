import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** What a span is: ids and names only, never a payload. */
export interface SpanOptions {
  readonly kind: 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes?: Attributes;
  /** The trace that it belongs to, where none is at work in this process. */
  readonly traceparent?: string | undefined;
}

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/**
 * Does something within a span, under the one that is active or the trace that is given. Without tracing configured this is a
 * call and nothing else. An error is noted by its name alone: its text may name people.
 */
export async function inSpan<Result>(
  name: string,
  { kind, attributes = {}, traceparent }: SpanOptions,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const parent =
    trace.getActiveSpan() === undefined && traceparent !== undefined
      ? propagation.extract(ROOT_CONTEXT, { traceparent })
      : context.active();
  const options = { kind: kinds[kind], attributes };
  return await trace.getTracer('yizheng').startActiveSpan(name, options, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      const message = error instanceof Error ? error.name : 'unknown';
      span.setStatus({ code: SpanStatusCode.ERROR, message });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The trace that is at work, to hand on; nothing where there is none. */
export function activeTrace(): { readonly traceparent?: string } {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent === undefined ? {} : { traceparent: carrier.traceparent };
}
