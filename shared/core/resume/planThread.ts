import { modeOf, type ResumeInput } from './resumeInput.ts'
import type { ResumePlan } from './resumePlan.ts'

/** [B41] [B42] A thread is forked here; only the program of its graph can go on with it. */
export function planThread(input: ResumeInput): ResumePlan {
  const { run, from } = input
  const mode = modeOf(input)
  const problems =
    mode === 'fork'
      ? []
      : [
          `${run.id} is a thread of a graph: only the program of the graph goes on with it. Look at the command that would do that, or fork it from one of its checkpoints.`,
        ]
  const noDefinition = { changed: false, missing: [], added: [], altered: [], proposed: [] }
  return {
    run: run.id,
    mode,
    from: from?.id ?? null,
    steps: [],
    unlisted: 0,
    definition: { use: 'recorded', ...noDefinition, problem: null, mapping: {} },
    notes: [],
    inputsSince: [],
    loss: null,
    command: null,
    byProgram: true,
    atOnce: null,
    stopAfter: null,
    problems,
    ready: problems.length === 0,
  }
}
