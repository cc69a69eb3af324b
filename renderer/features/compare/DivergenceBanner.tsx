import { useStore } from 'zustand'
import type { PartingRow } from '../../../shared/contract/compare.ts'
import type { DivergenceStore } from '../../state/divergenceStore.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { AlignedSteps } from './AlignedSteps.tsx'
import styles from './DivergenceBanner.module.css'

export type DivergenceBannerProps = {
  readonly store: DivergenceStore
  readonly areStepsShown: boolean
  readonly onSteps: () => void
  readonly onJump: (parting: PartingRow) => void
  readonly onStep: (step: string) => void
}

/** Where two runs part, before anything else of them. */
export function DivergenceBanner(props: DivergenceBannerProps) {
  const { store, areStepsShown, onSteps, onJump, onStep } = props
  const { divergence, retry, readMore } = useStore(store)
  if (divergence.kind === 'loading')
    return (
      <div className={styles.divergence}>
        <Spinner label="Looking for where they part" size="s" />
      </div>
    )
  if (divergence.kind === 'failed') {
    return (
      <ErrorPanel
        what="Where the runs part could not be found."
        error={divergence.error}
        onRetry={() => void retry()}
      />
    )
  }
  const { sentence, first, inputs, steps, total } = divergence.value
  return (
    <section className={styles.divergence} aria-label="Where the runs part">
      <div className={styles.line}>
        <span className={styles.icon} data-tone={first === null ? 'good' : 'warn'}>
          <Icon name={first === null ? 'checkCircle' : 'branch'} size={16} />
        </span>
        <p className={styles.sentence}>{sentence}</p>
        <span className={styles.actions}>
          {first !== null && (
            <Button variant="primary" size="s" title="Jump to it (d)" onClick={() => onJump(first)}>
              Jump to it
            </Button>
          )}
          {inputs !== null && (
            <Button size="s" onClick={() => onJump(inputs)}>
              Inputs
            </Button>
          )}
          <Button size="s" aria-expanded={areStepsShown} onClick={onSteps}>
            {total.toLocaleString('en')} {total === 1 ? 'step' : 'steps'}
          </Button>
        </span>
      </div>
      {first !== null && first.part !== 'status' && <Values parting={first} />}
      {areStepsShown && (
        <AlignedSteps
          steps={steps}
          total={total}
          first={first?.step ?? null}
          onStep={onStep}
          onMore={() => void readMore()}
        />
      )}
    </section>
  )
}

function Values({ parting }: { readonly parting: PartingRow }) {
  const { before, after } = masked(useMask())(parting)
  return (
    <p className={styles.values}>
      <code data-side="before">{shown(before)}</code>
      <Icon name="arrowRight" size={12} />
      <code data-side="after">{shown(after)}</code>
    </p>
  )
}

function shown(json: string | null): string {
  return json === null ? 'not there' : json.replaceAll(/\n\s*/g, ' ').slice(0, 200)
}
