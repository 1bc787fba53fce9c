import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { CaseInput } from '../workflows/messages/state.js';

/** A case's workflow in skipped time. Needs a server that allows it: a test or rehearsal server. */
export class SkippingWorkflow {
  private offset: number | undefined;
  /** Where it was brought last. */
  private reached = 0;

  constructor(
    private readonly client: Client,
    private readonly namespace: string,
    readonly caseId: string,
  ) {}

  /** Lets the workflow's own time run to this legal instant (milliseconds), its timers firing on the way. */
  async runTo(legalMillis: number): Promise<void> {
    let now = await this.now();
    // A run that has only just continued as new does not tell its time yet, and would be sent years too far.
    for (let attempt = 0; now < this.reached && attempt < 200; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      now = await this.now();
    }
    if (now < this.reached) throw new Error(`${this.caseId} does not tell its time`);
    const wait = legalMillis - now;
    if (wait <= 0) return;
    const id = randomUUID();
    const target = { namespace: this.namespace, workflowExecution: { workflowId: this.caseId } };
    const service = this.client.workflowService;
    await service.updateWorkflowExecutionOptions({
      ...target,
      workflowExecutionOptions: {
        timeSkippingConfig: {
          enabled: true, // In whole seconds, rounded up, so that a timer at its end fires within it.
          fastForwardConfig: { id, duration: msToTs(Math.ceil(wait / 1000) * 1000) },
        },
      },
      updateMask: { paths: ['time_skipping_config'] },
    });
    await service.pollWorkflowExecutionTimeSkipping({ ...target, fastForwardId: id });
    // The fast-forward ends within a second of its target.
    this.reached = legalMillis - 1000;
  }

  /** Legal time as the workflow has it: its own virtual time and the offset that it was started with. */
  private async now(): Promise<number> {
    const target = { namespace: this.namespace, execution: { workflowId: this.caseId } };
    const described = await this.client.workflowService.describeWorkflowExecution(target);
    const current = described.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    const virtual =
      current?.seconds == null ? Date.now() : Number(current.seconds) * 1000 + (current.nanos ?? 0) / 1e6;
    return virtual + (await this.clockOffset());
  }

  private async clockOffset(): Promise<number> {
    if (this.offset === undefined) {
      const target = {
        namespace: this.namespace,
        execution: { workflowId: this.caseId },
        maximumPageSize: 1,
      };
      const { history } = await this.client.workflowService.getWorkflowExecutionHistory(target);
      const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
      const codecs = this.client.options.loadedDataConverter.payloadCodecs;
      let payloads: Payload[] = started?.input?.payloads ?? [];
      for (const codec of codecs) payloads = await codec.decode(payloads);
      const [input] = payloads;
      if (input === undefined) throw new Error(`${this.caseId} was started without an input`);
      this.offset = defaultPayloadConverter.fromPayload<CaseInput>(input).clockOffset;
    }
    return this.offset;
  }
}
