import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'

export type CoarseBannerProps = {
  readonly isLonger: boolean
  readonly isBusy: boolean
  readonly onLonger: () => void
  readonly onCancel: () => void
}

/** Says what a coarse result means, and offers to search on. */
export function CoarseBanner({ isLonger, isBusy, onLonger, onCancel }: CoarseBannerProps) {
  return (
    <Banner
      tone="warn"
      icon="clock"
      actions={
        isBusy ? (
          <Button size="s" icon="close" onClick={onCancel}>
            Cancel
          </Button>
        ) : (
          !isLonger && (
            <Button size="s" onClick={onLonger}>
              Compare longer
            </Button>
          )
        )
      }
    >
      Coarse: the search took too long and was ended. Every difference is in here and none is wrong,
      but a change may be larger than it needs to be, such as a whole list instead of one item.
    </Banner>
  )
}
