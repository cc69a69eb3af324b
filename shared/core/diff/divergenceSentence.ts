import { assertNever } from '../../assert.ts'
import type { Json } from '../../schema/json.ts'
import type { Divergence, Parting } from './divergence.ts'

/** What there is to say of where two runs part, in one or two sentences. */
export function divergenceSentence(divergence: Divergence): string {
  const { sameWorkflow, inputs } = divergence
  const sentences = [
    ...(sameWorkflow
      ? []
      : ['These are runs of different workflows: steps of the same name are compared.']),
    ...(inputs === null
      ? []
      : [`They were started with other inputs, the first at ${inputs.path}.`]),
    mainSentence(divergence),
  ]
  return sentences.join(' ')
}

function mainSentence({ first, agreedUpTo, steps }: Divergence): string {
  if (first === null) {
    const isAlike = steps.some(({ verdict }) => verdict === 'alike')
    const aside = isAlike ? ' Only ids, times or folders differ.' : ''
    return `Both runs agree in all ${steps.length} steps.${aside}`
  }
  const what = partSentence(first)
  if (agreedUpTo === null) return `The runs part at once: at step ${first.step} ${what}.`
  return `Both runs agree up to step ${agreedUpTo}; at step ${first.step} ${what}.`
}

function partSentence({ part, path, before, after }: Parting): string {
  switch (part) {
    case 'status':
      return `the status differs: ${word(before)} in the first run, ${word(after)} in the second`
    case 'error':
      return `the error differs at ${path}`
    case 'output':
      return `the output differs at ${path}`
    case 'input':
      return `the item it is about differs at ${path}`
    case 'inputs':
      return `the inputs differ at ${path}`
    case 'definition':
      return definitionSentence({ path, before, after })
    default:
      return assertNever(part)
  }
}

function definitionSentence({
  path,
  before,
  after,
}: {
  readonly path: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}): string {
  const isStep = path.split('/').length === stepDepth
  if (isStep && before === undefined) return 'the second run has a step that the first has not'
  if (isStep && after === undefined) return 'the first run has a step that the second has not'
  return `the definition differs at ${path}`
}

/** `/workflow/definition/steps/<name>`. */
const stepDepth = 5

function word(value: Json | undefined): string {
  return typeof value === 'string' ? value : 'not there'
}
