import { record } from './records.ts'

export const screen = {
  getAllDisplays: () => [{ id: 1, workArea: { x: 0, y: 0, width: 1600, height: 1000 } }],
}

export const shell = {
  showItemInFolder: (path: string) => record('shell.showItemInFolder', { path }),
}
