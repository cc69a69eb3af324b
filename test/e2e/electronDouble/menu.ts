import type { MenuItemConstructorOptions } from 'electron'
import { record } from './records.ts'

type Built = { readonly items: readonly MenuItemConstructorOptions[] }
let applicationMenu: Built = { items: [] }

export const Menu = {
  buildFromTemplate: (items: readonly MenuItemConstructorOptions[]): Built => ({ items }),
  setApplicationMenu: (menu: Built): void => {
    applicationMenu = menu
    record('Menu.setApplicationMenu', { labels: menu.items.map(nameOf), all: labelsIn(menu.items) })
  },
}

/** As they are given to the system. */
function labelsIn(items: readonly MenuItemConstructorOptions[]): readonly string[] {
  return items.flatMap(({ label = '', submenu }) => [
    label,
    ...(Array.isArray(submenu) ? labelsIn(submenu) : []),
  ])
}

/** Chooses an item by the labels that lead to it, as a person would. */
export function chooseFromMenu(path: readonly string[]): void {
  let items = applicationMenu.items
  for (const [depth, label] of path.entries()) {
    const item = items.find((candidate) => nameOf(candidate) === label)
    if (item === undefined || item.enabled === false)
      throw new Error(`The menu has no item ${label}: ${items.map(nameOf).join(', ')}`)
    if (depth === path.length - 1) return click(item)
    items = Array.isArray(item.submenu) ? item.submenu : []
  }
}

function click(item: MenuItemConstructorOptions): void {
  if (item.click === undefined) throw new Error(`${nameOf(item)} does nothing in the double.`)
  // The application's items use none of the arguments that Electron gives.
  Reflect.apply(item.click, item, [])
}

function nameOf(item: MenuItemConstructorOptions): string {
  return (item.label ?? item.role ?? item.type ?? '').replace('&', '')
}
