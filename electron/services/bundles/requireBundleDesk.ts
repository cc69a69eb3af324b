import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import type { BundleDesk } from './bundleDesk.ts'

export function requireBundleDesk({ bundleDesk }: ServiceContext): BundleDesk {
  if (bundleDesk !== undefined) return bundleDesk
  throw new AppError('bug', 'A part of a host was asked for a bundle that only the host has.')
}
