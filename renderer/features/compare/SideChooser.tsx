import { useContext } from 'react'
import { useStore } from 'zustand'
import { sideChoices } from '../../state/sideChoices.ts'
import type { RouteSide } from '../../state/route.ts'
import type { SideChoicesStore } from '../../state/sideChoicesStore.ts'
import { ChoiceList, type Choice } from '../../ui/ChoiceList.tsx'
import { formatTime } from '../../ui/formatTime.ts'
import { TimeModeContext } from '../../ui/TimeText.tsx'
import { useNow } from '../../ui/useNow.ts'

export type SideChooserProps = {
  readonly label: string
  readonly store: SideChoicesStore
  readonly onChoose: (side: RouteSide) => void
}

/** One side of a comparison, chosen by typing or by arrows; what is most likely meant comes first. */
export function SideChooser({ label, store, onChoose }: SideChooserProps) {
  const state = useStore(store)
  const mode = useContext(TimeModeContext)
  const now = useNow(5000)
  const groups = sideChoices(state, state.text)
  const chosen = groups.flatMap(({ choices }) => choices)
  const failed =
    state.problem === null ? null : `What can be compared could not be read. ${state.problem}`
  const status = failed ?? (state.isSearching ? 'Searching…' : nothing(chosen.length))
  return (
    <ChoiceList
      label={label}
      text={state.text}
      groups={groups.map(({ title, choices }) => ({
        title,
        choices: choices.map(({ id, label: name, note, at }): Choice => ({
          id,
          icon: iconOf(id),
          label: name,
          note: at === null ? note : `${note} · ${formatTime(at, mode, now)}`,
        })),
      }))}
      status={status}
      onRetry={state.problem === null ? undefined : state.retry}
      onText={state.type}
      onChoose={(id) => {
        const choice = chosen.find((one) => one.id === id)
        if (choice !== undefined) onChoose(choice.side)
      }}
    />
  )
}

function nothing(count: number): string | null {
  return count === 0 ? 'No run and no checkpoint fits.' : null
}

function iconOf(id: string): Choice['icon'] {
  if (id === 'good') return 'checkCircle'
  if (id === 'now') return 'clock'
  if (id === 'before' || id.startsWith('checkpoint ')) return 'flag'
  return id === 'parent' || id.startsWith('fork ') ? 'branch' : 'list'
}
