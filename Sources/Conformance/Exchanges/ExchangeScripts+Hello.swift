import EventLoop

extension ExchangeScripts {
    /// The script of an exchange that is a ClientHello and nothing else; nil for any other.
    func helloScript(_ name: ExchangeName) -> ExchangeScript? {
        var hello = ClientHello()
        // A literal address is no server name (RFC 6066, 3).
        if SocketAddress(host, port: 0) == nil { hello.serverName = host }
        switch name {
        case .helloOld: hello.version = 0x0302
        case .helloFallback: hello.suites.append(ClientHello.fallback)
        case .helloUnknowns:
            hello.suites.insert(ClientHello.unknown, at: 0)
            hello.unknownGroups = [ClientHello.unknown]
            hello.unknownExtensions = [ClientHello.unknown]
        case .hello12, .helloPieces, .helloFragments: break
        default: return nil
        }
        let bytes = hello.records(of: name == .helloFragments ? 16 : 1 << 14)
        var script = ExchangeScript(requests: [bytes], methods: [], security: .none)
        if name == .helloPieces { script.pace = .byteByByte }
        return script
    }
}
