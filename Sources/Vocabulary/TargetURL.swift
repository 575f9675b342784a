/// An `http` or `https` address, taken apart (RFC 9110, 4.2).
public struct TargetURL: Hashable, Sendable {
    /// Whether the scheme is `https`.
    public var tls: Bool
    /// The host name or address, without the brackets of an IPv6 address.
    public var host: String
    /// The port; 80 or 443 where the text names none.
    public var port: UInt16
    /// The request target: path and query, at least `/`.
    public var path: String

    /// An address from its parts.
    public init(tls: Bool, host: String, port: UInt16, path: String) {
        self.tls = tls
        self.host = host
        self.port = port
        self.path = path
    }

    /// Reads an absolute address; a fragment is cut off.
    ///
    /// - Returns: nil where the text is not an absolute `http` or `https` address without user information.
    public init?(_ text: String) {
        let tls: Bool
        let rest: Substring
        if text.lowercased().hasPrefix("http://") {
            (tls, rest) = (false, text.dropFirst(7))
        } else if text.lowercased().hasPrefix("https://") {
            (tls, rest) = (true, text.dropFirst(8))
        } else {
            return nil
        }
        guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return nil }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let path = rest.dropFirst(authority.count).prefix { $0 != "#" }
        guard let (host, port) = Self.splitAuthority(authority) else { return nil }
        self.init(
            tls: tls,
            host: host,
            port: port ?? (tls ? 443 : 80),
            path: path.hasPrefix("/") ? String(path) : "/" + path
        )
    }

    private static func splitAuthority(_ authority: Substring) -> (host: String, port: UInt16?)? {
        guard !authority.contains("@") else { return nil }
        var host = authority
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let rest = authority[authority.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        guard !host.isEmpty else { return nil }
        guard let port, !port.isEmpty else { return (String(host), nil) }
        guard isDigits(port), let number = UInt16(port), number > 0 else { return nil }
        return (String(host), number)
    }

    /// The value of a `Host` header: the port is left out where it is the scheme's own.
    public var hostHeader: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (tls ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// Whether the host is a loopback address or `localhost`.
    public var isLoopback: Bool {
        if host.lowercased() == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { Self.isDigits($0) && UInt8($0) != nil }
    }

    /// Swift's integers would also read a sign.
    private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

extension TargetURL: CustomStringConvertible {
    /// The address as text.
    public var description: String { "\(tls ? "https" : "http")://\(hostHeader)\(path)" }
}

extension TargetURL {
    /// The address that a reference means, such as the value of a `Location`, seen from this one (RFC 3986, 5.2).
    ///
    /// - Returns: nil where that is not an `http` or `https` address without user information.
    public func resolving(_ reference: String) -> TargetURL? {
        let text = reference.prefix { $0 != "#" }
        if let mark = text.firstIndex(where: { ":/?".contains($0) }), text[mark] == ":" {
            return TargetURL(String(text))?.resolvingDots()
        }
        if text.hasPrefix("//") { return TargetURL("\(tls ? "https" : "http"):\(text)")?.resolvingDots() }
        guard !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return nil }
        let own = path.prefix { $0 != "?" }
        var url = self
        switch text.first {
        case nil: return self
        case "/": url.path = String(text)
        case "?": url.path = String(own + text)
        default: url.path = String(own.prefix(through: own.lastIndex(of: "/") ?? own.startIndex) + text)
        }
        return url.resolvingDots()
    }

    private func resolvingDots() -> TargetURL {
        var url = self
        url.path = Self.withoutDots(path)
        return url
    }

    /// A path whose `.` and `..` are taken out (RFC 3986, 5.2.4); the query is left as it is.
    private static func withoutDots(_ target: String) -> String {
        let path = target.prefix { $0 != "?" }
        var kept: [Substring] = []
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/") + target.dropFirst(path.count)
    }
}
