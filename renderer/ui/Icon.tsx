import styles from './Icon.module.css'

/** Drawn on a 16 × 16 grid, stroked with the current colour. */
const paths = {
  alert: 'M8 2.2 14.4 13.4H1.6L8 2.2ZM8 6.4v3.2M8 11.4v.2',
  archive: 'M2 3h12v3H2zM3 6v7.5h10V6M6.5 9h3',
  arrowDown: 'M8 3v10M4 9l4 4 4-4',
  arrowUp: 'M8 13V3M4 7l4-4 4 4',
  arrowRight: 'M3 8h10M9 4l4 4-4 4',
  back: 'M13 8H3M7 4 3 8l4 4',
  ban: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM3.8 3.8l8.4 8.4',
  bolt: 'M9 1.8 3.5 9h4l-.7 5.2L12.5 7h-4L9 1.8Z',
  branch: 'M5 3v10M5 9c4 0 6-1 6-4M5 3.01M11 4.5a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4ZM5 3.7',
  broken: 'M4 2h5l3 3v2.5l-2 1.5-2-1.5L6 9 4 7.5V2ZM4 10.5 6 12l2-1.5 2 1.5 2-1.5V14H4v-3.5Z',
  check: 'm3.5 8.5 3 3 6-7',
  checkCircle: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5.3 8.2l1.9 1.9 3.5-4',
  chevronDown: 'm4 6 4 4 4-4',
  chevronRight: 'm6 4 4 4-4 4',
  circle: 'M8 2.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8 2.6Z',
  circleDashed: 'M6 2.5a6 6 0 0 1 4 0M13 6a6 6 0 0 1 0 4M10 13.5a6 6 0 0 1-4 0M3 10a6 6 0 0 1 0-4',
  clock: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5v3.2l2.2 1.5',
  close: 'm4 4 8 8M12 4l-8 8',
  columns: 'M2 3h12v10H2zM6 3v10M10 3v10',
  compare: 'M6 3H3v10h3M10 3h3v10h-3M8 1.5v13',
  contrast: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 2v12M10 4.500v7M12 6v4',
  copy: 'M6 5.5h7v8H6zM10 5.5v-3H3v8h3',
  cross: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6 6l4 4M10 6l-4 4',
  dots: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  external: 'M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5',
  eye: 'M1.5 8S4 3.7 8 3.7 14.5 8 14.5 8 12 12.3 8 12.3 1.5 8 1.5 8ZM8 6.300a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.400Z',
  eyeOff:
    'M3.2 5.2C2.1 6.500 1.5 8 1.5 8S4 12.3 8 12.3c1.100 0 2.100-.3 3-.8M6 4.100c.6-.3 1.300-.4 2-.4 4 0 6.500 4.300 6.500 4.300s-.6 1.100-1.700 2.200M2.500 2.500l11 11',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  filter: 'M2.5 3.5h11L9.3 8.600V13l-2.6-1.300V8.600L2.5 3.500Z',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.500 10v3.500H10M6 13.500H2.500V10',
  folder: 'M2 4h4l1.5 2H14v7H2z',
  help: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.3 6.300C6.3 5.3 7 4.7 8 4.700s1.7.6 1.7 1.500c0 1.2-1.7 1.3-1.7 2.600M8 11v.1',
  history: 'M2.5 8a5.5 5.5 0 1 0 1.8-4.100L2.5 5.500M2.5 2.500v3h3M8 5v3.200l2.2 1.3',
  info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 7.300V11M8 5v.1',
  keyboard: 'M1.5 4h13v8h-13zM4 6.500h.01M6.5 6.500h.01M9 6.500h.01M12 6.500h.01M4.5 9.500h7',
  lifebuoy:
    'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 5.700a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.600ZM3.8 3.800l2.6 2.600M9.6 9.600l2.6 2.600M12.2 3.8 9.6 6.400M6.4 9.600l-2.6 2.6',
  graph:
    'M5.500 1.800h5v3.400h-5zM1.500 10.800h5v3.400h-5zM9.500 10.800h5v3.400h-5zM8 5.200V8M4 10.800V8h8v2.800',
  list: 'M6 4h7.500M6 8h7.500M6 12h7.500M2.8 4h.01M2.8 8h.01M2.8 12h.01',
  lock: 'M3.5 7h9v6.500h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  migrate: 'M2 8h9M7.5 4.5 11 8l-3.5 3.500M14 3v10',
  minus: 'M3.5 8h9',
  moon: 'M13 9.500A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.500Z',
  pause: 'M5.5 3.500v9M10.5 3.500v9',
  people:
    'M6 7.500a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600ZM1.800 13c.3-2.400 1.900-3.800 4.200-3.800s3.900 1.400 4.200 3.800M10.500 3.200a2.200 2.200 0 0 1 0 4M12 9.700c1.300.6 2 1.700 2.200 3.300',
  pin: 'M6 2h4l-.5 4 2 2.500h-7l2-2.500L6 2ZM8 8.500V14',
  play: 'M4.5 2.800v10.400L13 8 4.5 2.800Z',
  plus: 'M8 3.500v9M3.5 8h9',
  refresh:
    'M13 6.500A5.3 5.3 0 0 0 3.5 5L2.5 6.500M3 9.500A5.3 5.3 0 0 0 12.5 11l1-1.500M2.5 3v3.500H6M13.5 13V9.500H10',
  search: 'M7 2.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14',
  shield: 'M8 1.8 13 3.500v4c0 3.2-2 5.6-5 6.7-3-1.1-5-3.5-5-6.700v-4L8 1.800Z',
  skip: 'M3 3.5 9 8l-6 4.500v-9ZM12.5 3.500v9',
  spinner: 'M8 2a6 6 0 1 1-6 6',
  stop: 'M4 4h8v8H4z',
  sun: 'M8 5.300a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.400ZM8 1.500v1.300M8 13.200v1.300M1.5 8h1.300M13.2 8h1.300M3.4 3.400l.9.900M11.7 11.700l.9.900M12.6 3.400l-.9.900M4.3 11.700l-.9.9',
  sliders: 'M2.5 4.500h6M11.500 4.500h2M10 3v3M2.5 11.500h2M7.500 11.500h6M6 10v3',
  sweep:
    'M13.5 2 8.8 6.7M6.200 6.200l3.600 3.600-1.300 1.800-4-4 1.700-1.400ZM4.500 7.600 2 11.500c1 1.500 2 2 3.200 2.500l3.300-2.400M4.600 10.800l1.200 1.200',
  swap: 'M5 3 2.5 5.5 5 8M2.5 5.5h10M11 8l2.5 2.5L11 13M13.5 10.5h-10',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  tag: 'M2.5 2.5h5l6 6-5 5-6-6v-5ZM5.300 5.300h.01',
  tilde: 'M2.5 9c1.6-2.8 3.4-2.8 5.5-1s3.9 1.8 5.5-1',
  trash: 'M2.5 4h11M6 4V2.500h4V4M4 4l.7 9.500h6.600L12 4M6.7 6.500v4.500M9.3 6.500v4.5',
  undo: 'M3 6h6.500a3.5 3.5 0 0 1 0 7H6M6 3 3 6l3 3',
  unlock: 'M3.5 7h9v6.500h-9zM5.5 7V5a2.5 2.5 0 0 1 4.8-1',
  wrench:
    'M10 2.200a3.5 3.5 0 0 0-3.9 4.700L2.2 10.800a1.7 1.7 0 0 0 2.4 2.400l3.9-3.900a3.5 3.5 0 0 0 4.7-3.900l-2 2-2.2-.4-.4-2.2 2-2.100Z',
  zoomIn: 'M7 2.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14M7 5v4M5 7h4',
  zoomOut: 'M7 2.500a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14M5 7h4',
} as const

export type IconName = keyof typeof paths

export type IconProps = {
  readonly name: IconName
  readonly size?: 12 | 14 | 16 | 20 | 28
  readonly spin?: boolean
}

/** Decoration only: the word beside it, or the label of its button, carries the meaning. */
export function Icon({ name, size = 16, spin = false }: IconProps) {
  return (
    <svg
      className={styles.icon}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      data-spin={spin}
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  )
}
