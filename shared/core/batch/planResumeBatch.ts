// From what would be done with each run to what is said of all of them.
import type {
  BatchDecision,
  BatchQuestion,
  BatchReason,
  ResumeBatchPlan,
  ResumeBatchRow,
} from './resumeBatchPlan.ts'

/** [R98] Every run is in one count; [R99] the same reason is told once, with how many runs it is about. */
export function planResumeBatch(
  given: readonly ResumeBatchRow[],
  decisions: readonly BatchDecision[],
): ResumeBatchPlan {
  const rows = safestFirst(given)
  const counts = { ready: 0, asks: 0, blocked: 0, unneeded: 0 }
  let steps = 0
  for (const { outcome, runs } of rows) {
    counts[outcome] += 1
    if (outcome === 'ready') steps += runs
  }
  return {
    rows,
    total: rows.length,
    counts,
    reasons: [...reasonsOf(rows)],
    questions: [...questionsOf(rows, decisions)],
    steps,
    commands: [...commandsOf(rows)],
    ready: counts.ready > 0,
  }
}

/** [R114] The first of them is the canary: what is carried here can be watched and undone, a command of another program not. */
function safestFirst(rows: readonly ResumeBatchRow[]): ResumeBatchRow[] {
  return [...rows.filter((row) => !isByCommand(row)), ...rows.filter(isByCommand)]
}

/** Of a run that is ready its sentence is the command. */
function isByCommand({ format, outcome, sentence }: ResumeBatchRow): boolean {
  return format !== 'unstuck' || (outcome === 'ready' && sentence !== null)
}

/** [R99] What differs between two runs only by their names is one reason. */
function reasonsOf(rows: readonly ResumeBatchRow[]): readonly BatchReason[] {
  const groups = new Map<string, BatchReason>()
  for (const { document, outcome, sentence } of rows) {
    if (outcome === 'ready' || outcome === 'asks' || sentence === null) continue
    const told = withoutName(sentence, document)
    const key = `${outcome} ${told}`
    const group = groups.get(key) ?? { outcome, sentence: told, count: 0, documents: [] }
    group.count += 1
    if (group.documents.length < mostNamed) group.documents.push(document)
    groups.set(key, group)
  }
  return [...groups.values()].toSorted((one, other) => other.count - one.count).slice(0, mostGroups)
}

/** Only as a word of its own: a short name may stand within another word. */
function withoutName(sentence: string, name: string): string {
  const words = sentence.split(' ')
  return words
    .map((word) => {
      const bare = word.replace(/[.,:;]+$/, '')
      return bare === name ? `…${word.slice(bare.length)}` : word
    })
    .join(' ')
}

/** [R100] Runs of one workflow that ask about one step in the same words ask one question. */
function questionsOf(
  rows: readonly ResumeBatchRow[],
  decisions: readonly BatchDecision[],
): readonly BatchQuestion[] {
  const groups = new Map<string, BatchQuestion>()
  for (const { workflow, asked, outcome } of rows) {
    if (workflow === null || (outcome !== 'asks' && outcome !== 'ready')) continue
    for (const { step, reason, options, isOpen, reads } of asked) {
      const key = JSON.stringify([workflow, step])
      const group = groups.get(key)
      if (group === undefined) {
        const decision = decisionOn(decisions, workflow, step)
        const open = isOpen ? 1 : 0
        groups.set(key, { workflow, step, reason, options, runs: 1, open, decision, reads })
        continue
      }
      group.runs += 1
      group.open += isOpen ? 1 : 0
      if (group.reads.length === 0) group.reads = reads
      group.options = group.options.filter((option) => options.includes(option))
    }
  }
  return [...groups.values()].toSorted((one, other) => other.runs - one.runs).slice(0, mostGroups)
}

export function decisionOn(
  decisions: readonly BatchDecision[],
  workflow: string | null,
  step: string,
): BatchDecision['decision'] | null {
  const said = decisions.findLast((one) => one.workflow === workflow && one.step === step)
  return said?.decision ?? null
}

function commandsOf(rows: readonly ResumeBatchRow[]): ResumeBatchPlan['commands'] {
  const groups = new Map<string, ResumeBatchPlan['commands'][number]>()
  for (const { format, outcome, sentence } of rows) {
    if (outcome !== 'ready' || sentence === null) continue
    const group = groups.get(format) ?? { format, command: sentence, count: 0 }
    group.count += 1
    groups.set(format, group)
  }
  return [...groups.values()]
}

const mostNamed = 20
const mostGroups = 100
