import { groupBy } from '../../ui/groupBy.ts'
import { useMemo } from 'react'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import type { GraphNode } from '../../ui/Graph.tsx'
import type { GraphShape } from '../../ui/graphLayout.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'

export type GraphListProps = {
  readonly nodes: readonly GraphNode[]
  readonly shape: GraphShape
  readonly selected: string | null
  readonly onSelect: (step: string) => void
  readonly onOpen: (step: string) => void
}

type ListedNode = GraphNode & { readonly needs: string; readonly neededBy: string }

/** The graph in words: each step with what it needs and what needs it. */
export function GraphList({ nodes, shape, selected, onSelect, onOpen }: GraphListProps) {
  const rows = useMemo(() => rowsOf(nodes, shape), [nodes, shape])
  return (
    <DataTable
      label="Steps and what they need"
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      selected={selected}
      onSelect={({ id }) => onSelect(id)}
      onOpen={({ id }) => onOpen(id)}
    />
  )
}

function rowsOf(nodes: readonly GraphNode[], { edges }: GraphShape): readonly ListedNode[] {
  const before = groupBy(edges, ({ to }) => to)
  const after = groupBy(edges, ({ from }) => from)
  return nodes.map((node) => ({
    ...node,
    needs: (before.get(node.id) ?? []).map(({ from }) => from).join(', '),
    neededBy: (after.get(node.id) ?? []).map(({ to }) => to).join(', '),
  }))
}

const columns: readonly DataColumn<ListedNode>[] = [
  {
    id: 'step',
    header: 'Step',
    width: 180,
    least: 110,
    cell: ({ label, count }) => (
      <span title={label}>{count === null ? label : `${label} ×${count}`}</span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    width: 120,
    cell: ({ status }) => <StatusWord status={status} size="s" />,
  },
  {
    id: 'needs',
    header: 'Needs',
    width: 160,
    grow: true,
    cell: ({ needs }) => <span title={needs}>{needs === '' ? '–' : needs}</span>,
  },
  {
    id: 'neededBy',
    header: 'Needed by',
    width: 160,
    cell: ({ neededBy }) => <span title={neededBy}>{neededBy === '' ? '–' : neededBy}</span>,
  },
  {
    id: 'note',
    header: 'How it went',
    width: 150,
    yields: 1,
    cell: ({ note }) => <span title={note ?? undefined}>{note ?? '–'}</span>,
  },
]
