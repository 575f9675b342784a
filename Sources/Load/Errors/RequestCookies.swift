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

/// How connections of one scenario use one cookie, which several may share.
struct CookieUse {
    /// Connections that were started with it.
    var started: UInt32 = 0
    /// Streams that are open with it.
    var open: UInt32 = 0
    /// The most streams that were open with it at once.
    var mostOpen: UInt32 = 0
}

/// How connections of one scenario use the cookies of its requests; empty where these have none.
struct CookieUses {
    private var uses: [CookieUse]

    /// No use of a number of cookies.
    init(cookies: Int) { uses = Array(repeating: CookieUse(), count: cookies) }

    /// Cookies that were used; nil where no request has one.
    var used: UInt64? { uses.isEmpty ? nil : UInt64(uses.count { $0.started > 0 }) }

    /// Connections that shared a cookie with another; nil where no request has one.
    var sharing: UInt64? {
        uses.isEmpty ? nil : uses.reduce(0) { $0 + ($1.started > 1 ? UInt64($1.started) : 0) }
    }

    /// The most streams that were open at once with one cookie; nil where no request has one.
    var mostOpen: UInt64? { uses.map { UInt64($0.mostOpen) }.max() }

    /// Counts a connection that starts with a cookie.
    mutating func start(_ cookie: Int?) {
        if let cookie { uses[cookie].started &+= 1 }
    }

    /// Counts a stream that has opened with a cookie.
    mutating func open(_ cookie: Int?) {
        guard let cookie else { return }
        uses[cookie].open &+= 1
        uses[cookie].mostOpen = max(uses[cookie].mostOpen, uses[cookie].open)
    }

    /// Counts a stream with a cookie that is open no more.
    mutating func close(_ cookie: Int?) {
        if let cookie { uses[cookie].open &-= 1 }
    }

    /// Whether another connection was started with a cookie; nil where there is none.
    func isShared(_ cookie: Int?) -> Bool? { cookie.map { uses[$0].started > 1 } }
}
