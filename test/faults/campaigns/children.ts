// Processes of their own, which are asked and answer.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export type Child<Question, Answer> = {
  readonly pid: number
  ask(question: Question): Promise<Answer>
  /** Resolves when its end is known; `onSignal` is called right after the signal was sent. */
  kill(onSignal?: () => void): Promise<void>
}

/** Starts a script beside this one; it says once that it is ready. */
export async function startChild<Question extends object, Answer>(
  script: string,
  root: string,
): Promise<Child<Question, Answer>> {
  const child = fork(join(import.meta.dirname, script), [root], {
    execArgv: ['--experimental-strip-types', '--no-warnings'],
  })
  await once(child, 'message')
  return {
    pid: child.pid ?? 0,
    ask: async (question) => {
      const answered = once(child, 'message')
      child.send(question)
      const [answer]: Answer[] = await answered
      if (answer === undefined) throw new Error('The child answered nothing.')
      return answer
    },
    kill: async (onSignal) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      onSignal?.()
      await exited
    },
  }
}
