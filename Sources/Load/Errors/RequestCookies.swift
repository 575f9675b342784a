/// Which of an endpoint's requests carry the same cookies.
struct RequestCookies {
    /// How many different cookies there are.
    private(set) var count = 0
    /// The cookie of each request, by its number; -1 for none, and empty where no request has one.
    private var cookies: [Int32] = []

    /// The cookies of some requests.
    init(_ requests: [[UInt8]]) {
        var known: [[UInt8]: Int32] = [:]
        let found = requests.map { request -> Int32 in
            guard let value = Self.value(in: request) else { return -1 }
            if let cookie = known[value] { return cookie }
            known[value] = Int32(known.count)
            return Int32(known.count - 1)
        }
        count = known.count
        if count > 0 { cookies = found }
    }

    /// The cookie of a request, by its position; nil where it has none.
    func cookie(of request: Int) -> Int? {
        guard cookies.indices.contains(request), cookies[request] >= 0 else { return nil }
        return Int(cookies[request])
    }

    /// The value of a request's `Cookie` field; nil where it has none.
    private static func value(in request: [UInt8]) -> [UInt8]? {
        let name = Array("cookie:".utf8)
        for line in request.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropFirst() {
            // The empty line ends the head.
            if line.isEmpty || line.elementsEqual([UInt8(ascii: "\r")]) { return nil }
            let start = line.prefix(name.count).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            if start == name { return Array(line.dropFirst(name.count)) }
        }
        return nil
    }
}
