/**
 * What cannot be reached on the page that is shown, one line each: controls that lie outside of what scrolls, or are cut off
 * by what does not; what moves; and what scrolls for nothing. Runs in the page, so that it uses nothing from outside.
 */
export function unreachable(): readonly string[] {
  const selector = 'button, a[href], input, select, textarea, summary, [tabindex="0"]'
  const controls = [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (control) =>
      control.checkVisibility({ visibilityProperty: true }) &&
      !control.closest('dialog:not([open])') &&
      control.textContent !== 'Skip to content',
  )
  const cut = controls.flatMap((control) => {
    const axis = (['y', 'x'] as const).find((each) => !isReachable(control, each))
    const name = control.ariaLabel ?? control.textContent
    return axis === undefined ? [] : [`${axis}: ${control.tagName} ${name.slice(0, 60)}`]
  })
  const moving = document
    .getAnimations()
    .filter(
      ({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 0 && !isStepped(effect),
    )
    .map(({ id }) => `moves: ${id}`)
  // A line too much, and a classic scroll bar stands there for nothing. Of a list the last row may end so.
  const bars = '#root :is([role="tablist"], [role="toolbar"], header, footer, nav)'
  const hairs = [...document.querySelectorAll<HTMLElement>(bars)]
    .filter((element) => {
      const over = element.scrollHeight - element.clientHeight
      return over > 0 && over <= 2 && /auto|scroll/.test(getComputedStyle(element).overflowY)
    })
    .map((element) => `scrolls by a hair: ${element.ariaLabel ?? element.className}`)
  return [...cut, ...moving, ...hairs]

  /** A mark that stands still until it goes is no motion. */
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- what is outside does not come along into the page
  function isStepped(effect: AnimationEffect | null): boolean {
    return (
      effect instanceof KeyframeEffect &&
      effect.getKeyframes().every(({ easing }) => easing.startsWith('step'))
    )
  }

  /** Follows the control outwards: through what scrolls it can be brought into sight, what cuts must leave a part of it. */
  function isReachable(control: HTMLElement, axis: 'x' | 'y'): boolean {
    let [start, end] = range(control, axis)
    const least = Math.min(end - start, 12)
    let isFixed = false
    for (let at: HTMLElement | null = control; at !== null && !isFixed; at = at.parentElement) {
      const style = getComputedStyle(at)
      isFixed = style.position === 'fixed'
      if (at === control || at === document.documentElement) continue
      const overflow = axis === 'x' ? style.overflowX : style.overflowY
      if (overflow === 'visible') continue
      const [from, to] = range(at, axis)
      if (overflow === 'auto' || overflow === 'scroll') {
        if (to - from < least) return false
        start = Math.max(start, from)
        end = Math.min(Math.max(end, start + least), to)
        if (end - start < least) [start, end] = [from, to]
      } else {
        start = Math.max(start, from)
        end = Math.min(end, to)
        if (end - start < least - 1) return false
      }
    }
    const size = axis === 'x' ? innerWidth : innerHeight
    return Math.min(end, size) - Math.max(start, 0) >= least - 1
  }

  // oxlint-disable-next-line unicorn/consistent-function-scoping -- what is outside does not come along into the page
  function range(element: Element, axis: 'x' | 'y'): [number, number] {
    const box = element.getBoundingClientRect()
    return axis === 'x' ? [box.left, box.right] : [box.top, box.bottom]
  }
}

/** Groups of chips that take more than one line. Runs in the page too. */
export function wrapped(): readonly string[] {
  return [...document.querySelectorAll<HTMLElement>('fieldset:has(> div > [aria-pressed])')]
    .filter((group) => {
      const chips = [...group.querySelectorAll('[aria-pressed]')]
      return new Set(chips.map((chip) => Math.round(chip.getBoundingClientRect().top))).size > 1
    })
    .map((group) => `wraps: ${group.ariaLabel ?? ''}`)
}
