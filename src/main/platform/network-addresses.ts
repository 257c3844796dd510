import type { NetworkInterfaceInfo } from 'node:os'

/**
 * This machine's addresses in the network as one comparable text: another text means that the network changed (cable,
 * Wi-Fi, VPN) and a server that was out of reach may be in reach. No system tells Node of it, so it is read
 * again and again, but only while reconnecting.
 * @param interfaces the answer of `os.networkInterfaces()`
 */
export function addressFingerprint(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string {
  return Object.entries(interfaces)
    .flatMap(([name, addresses = []]) =>
      addresses
        .filter((address) => !address.internal)
        .map((address) => `${name} ${address.cidr ?? address.address}`),
    )
    .sort()
    .join('\n')
}
