import type { CommandContext, OptionTable } from './command.ts'
import { printable } from './text/printable.ts'

type Context = Pick<CommandContext<OptionTable>, 'say' | 'write' | 'paint' | 'isTty' | 'json'>

/** Lines of what happened, and below them on a terminal one for each step that runs, with its time. */
export type LiveLines = {
  say(line: string): void
  /** Takes what a record says of a step: whether it runs. */
  follow(step: string | null, type: string): void
  close(): void
}

export function createLiveLines(context: Context): LiveLines {
  if (!context.isTty || context.json)
    return { say: context.say, follow: () => undefined, close: () => undefined }
  const running = new Map<string, number>()
  let shown = 0
  const timer = setInterval(redraw, redrawMs)
  // What is watched keeps the process alive, not the clock beside it.
  timer.unref()
  return {
    say(line) {
      clear()
      context.say(line)
      draw()
    },
    follow(step, type) {
      if (step === null) return
      if (type === 'stepStarted') running.set(step, performance.now())
      else if (ends.has(type)) running.delete(step)
    },
    close() {
      clearInterval(timer)
      clear()
    },
  }

  function redraw(): void {
    if (shown === 0 && running.size === 0) return
    clear()
    draw()
  }

  function clear(): void {
    if (shown > 0) context.write(`\u001B[${shown}A\u001B[0J`)
    shown = 0
  }

  function draw(): void {
    const steps = [...running].slice(0, mostLines)
    const more = running.size - steps.length
    const lines = steps.map(([step, since]) => lineOf(step, performance.now() - since))
    if (more > 0) lines.push(`  and ${more} more steps`)
    for (const line of lines) context.write(`${context.paint('dim', line)}\n`)
    shown = lines.length
  }
}

/** Never wider than the narrowest usual terminal: a line that wraps could not be taken away. */
function lineOf(step: string, ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const time = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `  ${printable(step).slice(0, 50)} runs, ${time}`
}

const ends: ReadonlySet<string> = new Set([
  'stepSucceeded',
  'stepFailed',
  'stepCancelled',
  'stepSkipped',
  'stepWaiting',
  'decision',
])
const redrawMs = 1000
const mostLines = 8
