// Announces the outcome of runs: once when something breaks, once when it works again.
import type { Effects } from "../common/effects.ts";
import { DestinationError, EXIT } from "../common/errors.ts";
import type { Facts } from "./facts.ts";
import { type Alert, decide, type Decision, holdIncidents, type Incident } from "./incident.ts";
import { failureMessage, resolvedMessage, type RunOf } from "./message.ts";
import { post } from "./slack.ts";

export interface Ended extends RunOf {
  readonly status: number;
  readonly facts: Facts;
}

export interface Told {
  readonly decision: Decision;
  readonly sent: boolean;
  readonly alert: Alert | undefined;
  readonly before: Incident | undefined;
  readonly problems: readonly string[];
}

/** Collects the error of a step: for example, a full disk must not stop the alert about it. */
async function attempt<T>(problems: string[], step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof DestinationError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}

export async function notify(
  ended: Ended,
  { webhook, alertFor, folder, effects }: {
    readonly webhook: URL;
    readonly alertFor: (status: number, step?: string) => Alert;
    readonly folder: string;
    readonly effects: Pick<Effects, "fetch" | "now" | "sleep">;
  },
): Promise<Told> {
  const { status, step, pipeline, facts } = ended;
  const alert = status === EXIT.done ? undefined : alertFor(status, step);
  const problems: string[] = [];
  using incidents = await attempt(problems, () => holdIncidents(folder, pipeline));
  const before = await incidents?.read();
  const failure = alert && { alert: alert.id, title: alert.title, step };
  const decision = decide(before, failure);
  const told = { decision, alert, before, problems };
  if (decision === "nothing") return { ...told, sent: false };
  const now = effects.now();
  const message = alert === undefined
    ? resolvedMessage(before!, facts, { ...ended, now })
    : failureMessage(alert, facts, ended);
  const sent = await attempt(problems, async () => {
    await post(webhook, message, effects);
    return true;
  }) ?? false;
  // Unsent messages are not recorded: the next run sends them.
  if (sent && incidents !== undefined) {
    const since = before?.since ?? new Date(now).toISOString();
    await attempt(
      problems,
      () => failure === undefined ? incidents.close() : incidents.open({ since, ...failure }),
    );
  }
  return { ...told, sent };
}
