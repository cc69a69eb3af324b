import { invariant } from '../../shared/assert.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { Settings } from '../../shared/schema/settings.ts'
import { carryRun, type CarriedRun } from './carryRun.ts'
import type { ControlCommand } from './controlCommand.ts'
import { createControlServer, type ControlServer, type OnCommand } from './controlServer.ts'
import type { Executor, Taken } from './executor.ts'
import type { ExecutorContext } from './executorContext.ts'
import { findNode, type NodeProgram } from './findNode.ts'
import { sendControl } from './sendControl.ts'
import { takeCommand } from './takeCommand.ts'
import { traceAttempt } from './traceAttempt.ts'

type Defaulted = 'checkpoints' | 'environment' | 'graceMs' | 'node' | 'passEnvironment'

export type ExecutorOptions = Omit<ExecutorContext, Defaulted | 'controlSocket'> &
  Partial<Pick<ExecutorContext, Defaulted>> & {
    /** Folder of the control socket; null: this process takes no commands of others. */
    readonly controlDirectory: string | null
  }

/** Creates the executor of this process for one workspace, listening on its control socket. */
export async function createExecutor(
  options: ExecutorOptions,
): Promise<Executor & { readonly controlSocket: string | null }> {
  const carried = new Map<RunId, CarriedRun>()
  const problems = new Map<RunId, AppError>()
  const control = await listen(options, take)
  const context: ExecutorContext = {
    ...defaults,
    environment: process.env,
    node: createNodeSearch(),
    ...options,
    controlSocket: control?.address ?? null,
  }

  return {
    controlSocket: control?.address ?? null,
    live: () => [...carried.values()],
    find: (run) => carried.get(run) ?? null,
    problem: (run) => problems.get(run) ?? null,
    trace: (run, step) => traceAttempt(context, run, step),
    send: sendControl,
    carry(run, writer, { stopAfter = null } = {}) {
      invariant(!carried.has(run.id), `Run ${run.id} is carried already.`)
      const { definition } = run.workflow
      invariant(definition !== null, `Run ${run.id} has no definition to carry out.`)
      problems.delete(run.id)
      const live = carryRun(context, { run, definition, writer, stopAfter })
      carried.set(run.id, live)
      void forgetWhenDone(live)
      return live
    },
    async close() {
      await control?.close()
      // A run that was being left may just have begun another one.
      while (carried.size > 0) await Promise.all([...carried.values()].map((live) => leave(live)))
    },
  }

  async function leave(live: CarriedRun): Promise<void> {
    await live.leave()
    carried.delete(live.run)
  }

  async function forgetWhenDone(live: CarriedRun): Promise<void> {
    await live.done
    carried.delete(live.run)
    const problem = live.problem()
    if (problem !== null) problems.set(live.run, problem)
  }

  function take(command: ControlCommand): Promise<Taken> {
    const { run } = command
    const live = carried.get(run)
    if (live !== undefined) return takeCommand(live, command)
    throw new AppError('not-found', `Run ${run} is not carried by this process any more.`, { run })
  }
}

/** Null where the system gives no socket: runs are carried all the same, and nobody else can pause them. */
async function listen(
  { controlDirectory: directory, randomId }: ExecutorOptions,
  onCommand: OnCommand,
): Promise<ControlServer | null> {
  if (directory === null) return null
  const [server] = await Promise.allSettled([
    createControlServer({ directory, randomId, onCommand }),
  ])
  return server?.status === 'fulfilled' ? server.value : null
}

/** Looked for when a step first needs it, which most processes never do. */
function createNodeSearch(): ExecutorContext['node'] {
  let found: NodeProgram | null = null
  return () => (found ??= findNode())
}

const defaults = {
  checkpoints: () => Settings.parse({}).checkpoint,
  graceMs: 5000,
  passEnvironment: () => Settings.parse({}).steps.passEnvironment,
}
