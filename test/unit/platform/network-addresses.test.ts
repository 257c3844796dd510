import type { NetworkInterfaceInfo } from 'node:os'
import { expect, test } from 'vitest'
import { addressFingerprint } from '../../../src/main/platform/network-addresses.ts'

const address = (cidr: string, internal = false): NetworkInterfaceInfo => ({
  address: cidr.split('/')[0] ?? '',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  family: 'IPv4',
  internal,
  cidr,
})

test('neither the order nor the loopback counts', () => {
  const one = addressFingerprint({
    lo: [address('127.0.0.1/8', true)],
    eth0: [address('10.0.0.2/24')],
    wlan0: [address('10.0.1.2/24')],
  })
  const other = addressFingerprint({ wlan0: [address('10.0.1.2/24')], eth0: [address('10.0.0.2/24')] })
  expect(one).toBe(other)
})

test.each([
  ['another address', { eth0: [address('10.0.0.3/24')] }],
  ['another network', { eth0: [address('10.0.0.2/16')] }],
  ['another interface', { wlan0: [address('10.0.0.2/24')] }],
  ['one more', { eth0: [address('10.0.0.2/24')], tun0: [address('10.8.0.2/24')] }],
  ['none', {}],
])('%s is another network', (_name, interfaces) => {
  expect(addressFingerprint(interfaces)).not.toBe(addressFingerprint({ eth0: [address('10.0.0.2/24')] }))
})
