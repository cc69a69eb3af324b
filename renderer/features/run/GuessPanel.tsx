import type { FormatGuess } from '../../../shared/contract/foreignFacts.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { fieldLabels } from './mappingFields.ts'

export type GuessPanelProps = {
  readonly guesses: readonly FormatGuess[]
  readonly onMap: () => void
}

/** What of an unknown document was taken for what, and why; and the way to say it oneself. */
export function GuessPanel({ guesses, onMap }: GuessPanelProps) {
  const isMapped = guesses.some(({ confidence }) => confidence === 'mapped')
  return (
    <Panel title={isMapped ? 'Unknown JSON, mapped' : 'Unknown JSON, guessed'} look="plain">
      <Facts
        facts={guesses.map(({ field, path, confidence, evidence }) => [
          fieldLabels[field],
          <span key={field} title={evidence}>
            {path === null ? evidence : <code>{path}</code>}{' '}
            {confidence === 'mapped' ? 'said by a person' : `guessed, ${confidence}`}
          </span>,
        ])}
      />
      <Button icon="wrench" onClick={onMap}>
        Say what is what
      </Button>
    </Panel>
  )
}
