import type { Checkpoint } from '@langchain/langgraph-checkpoint'
import { stepOf } from './names.ts'

const branchStart = 'branch:to:'

/**
 * Steps that a checkpoint leads to, as far as it tells: nodes whose trigger has a newer version than they have seen, and the
 * sends that wait. A graph of unusual channels may run on although this finds none; its next checkpoint says so.
 */
export function nextSteps(namespace: string, checkpoint: Checkpoint): readonly string[] {
  const { channel_values: values, channel_versions: versions, versions_seen: seen } = checkpoint
  const branches = Object.keys(values)
    .filter((channel) => channel.startsWith(branchStart))
    .map((channel) => ({ channel, node: channel.slice(branchStart.length) }))
    .filter(({ channel, node }) => isNewer(versions[channel], seen[node]?.[channel]))
    .map(({ node }) => node)
  const others = Object.entries(seen)
    .filter(([node, of]) => !node.startsWith('__') && isTriggered(checkpoint, of))
    .map(([node]) => node)
  const nodes = [...new Set([...branches, ...others])].map((node) => stepOf(namespace, node))
  const sends = sentTo(values[tasks]).map((node, index) => stepOf(namespace, node, index))
  return [...new Set([...nodes, ...sends])]
}

/** The node that a pushed task is for. */
export function sentNode(value: unknown, index: number): string | null {
  return sentTo(value)[index] ?? null
}

function isTriggered(
  { channel_values: values, channel_versions: versions }: Checkpoint,
  seen: Checkpoint['channel_versions'],
): boolean {
  return Object.entries(seen).some(
    ([channel, version]) => Object.hasOwn(values, channel) && isNewer(versions[channel], version),
  )
}

function isNewer(version: number | string | undefined, seen: number | string | undefined): boolean {
  return version !== undefined && (seen === undefined || version > seen)
}

function sentTo(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'node' in one && typeof one.node === 'string'
      ? [one.node]
      : [],
  )
}

const tasks = '__pregel_tasks'
