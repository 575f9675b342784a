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
