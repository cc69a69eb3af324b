// Under which names the state of a thread stands among the variables of its run, and how its nodes are called as steps.
import { StepId } from '../../shared/schema/ids.ts'

/** What a checkpoint says of itself, beside the values of its channels. */
export const checkpointName = 'langgraph'

const subgraphStart = 'subgraph:'
const pendingStart = 'pending:'
const channelStart = 'channel:'

/** A channel of the graph itself is a variable of the same name, unless that name means something else here. */
export function variableOf(channel: string): string {
  const isTaken =
    channel === checkpointName ||
    [subgraphStart, pendingStart, channelStart].some((start) => channel.startsWith(start))
  return isTaken ? channelStart + channel : channel
}

/** Null for a variable that is no channel. */
export function channelOf(variable: string): string | null {
  if (variable.startsWith(channelStart)) return variable.slice(channelStart.length)
  return variableOf(variable) === variable ? variable : null
}

/** All of a subgraph is one variable. */
export function subgraphName(namespace: string): string {
  return subgraphStart + namespace
}

export function namespaceOf(variable: string): string | null {
  return variable.startsWith(subgraphStart) ? variable.slice(subgraphStart.length) : null
}

/** What one task has written for one checkpoint is a variable, until the next checkpoint has taken it over. */
export function pendingName(at: {
  readonly namespace: string
  readonly checkpoint: string
  readonly task: string
}): string {
  const { namespace, checkpoint, task } = at
  return (
    pendingStart +
    [namespace, checkpoint, task]
      .filter((part) => part !== '')
      .map(escaped)
      .join(':')
  )
}

export function isPendingName(variable: string): boolean {
  return variable.startsWith(pendingStart)
}

/** `:` stands between the parts. */
function escaped(part: string): string {
  return part.replaceAll('%', '%25').replaceAll(':', '%3A')
}

/** Names of nodes from the graph down to a subgraph: its namespace without the ids of tasks. */
export function nodesOf(namespace: string): readonly string[] {
  if (namespace === '') return []
  return namespace.split('|').map((part) => part.split(':')[0] ?? part)
}

/** The step that a node is: its name as far as a step may be called so. */
export function stepOf(namespace: string, node: string, index = 0): StepId {
  const name = `${prefixOf(namespace)}${wordOf(node)}`
  const numbered = index === 0 ? name : `${name}.${index + 1}`
  const begun = /^[A-Za-z0-9_]/.test(numbered) ? numbered : `_${numbered}`
  return StepId.parse(begun.slice(0, 100))
}

/** A node of that subgraph itself, not of one inside it. */
export function isStepOf(namespace: string, step: string): boolean {
  const prefix = prefixOf(namespace)
  return step.startsWith(prefix) && !/\.(?!\d+$)/.test(step.slice(prefix.length))
}

function prefixOf(namespace: string): string {
  return nodesOf(namespace)
    .map((node) => `${wordOf(node)}.`)
    .join('')
}

function wordOf(name: string): string {
  const word = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60)
  return word === '' || word === '__proto__' ? 'node' : word
}

export type TaskPath =
  | { readonly kind: 'node'; readonly node: string }
  /** One of the sends of the checkpoint. */
  | { readonly kind: 'send'; readonly index: number }
  /** A task that a node has called. */
  | { readonly kind: 'call'; readonly node: string; readonly index: number }
  | { readonly kind: 'none' }

/** What a task's path tells of it: `~__pregel_pull, agent`, `~__pregel_push, 0000000002`. */
export function readTaskPath(path: string): TaskPath {
  const [, called, place] = /^~__pregel_push, ~__pregel_pull, ([^,]+), (\d{10})/.exec(path) ?? []
  if (called !== undefined) return { kind: 'call', node: called, index: Number(place) }
  const node = /^~__pregel_pull, (.+)$/s.exec(path)?.[1]
  if (node !== undefined) return node.startsWith('__') ? { kind: 'none' } : { kind: 'node', node }
  const pushed = /^~__pregel_push, (\d{10})/.exec(path)?.[1]
  return pushed === undefined ? { kind: 'none' } : { kind: 'send', index: Number(pushed) }
}
