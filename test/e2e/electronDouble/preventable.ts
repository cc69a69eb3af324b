/** An event as Electron's listeners get it. */
export type Preventable = { readonly defaultPrevented: boolean; preventDefault(): void }

export function preventable<D extends object>(details: D): D & Preventable {
  let prevented = false
  return Object.defineProperties(
    { ...details, preventDefault: () => void (prevented = true) },
    { defaultPrevented: { get: () => prevented, enumerable: true } },
  ) as D & Preventable // the property was just defined
}
