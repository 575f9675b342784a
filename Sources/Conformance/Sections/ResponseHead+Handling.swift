import EventStream

extension ConformanceSection {
    /// What caches and proxies make of the stream.
    static let handling: [ConformanceCase] = [
        ConformanceCase(
            16,
            "Caches do not keep the stream",
            .should,
            of: .stream,
            requires: "The no-store response directive indicates that a cache MUST NOT store any part of either the "
                + "immediate request or the response; a 200 without it may be stored and reused.",
            source: "RFC 9111, 3 and 5.2.2.5"
        ) { seen in
            let head = try seen.streamResponse(.stream).response.head
            let directives = head.fields.tokens(of: "cache-control")
            let names = directives.map { String($0.prefix { $0 != "=" }) }
            return .expect(
                names.contains("no-store") || names.contains("no-cache"),
                "Cache-Control: no-store, or no-cache",
                actual: Shown.values(directives)
            )
        },
        ConformanceCase(
            17,
            "nginx is told not to buffer",
            .advice,
            of: .stream,
            requires: "Buffering can also be enabled or disabled by passing \"yes\" or \"no\" in the "
                + "\"X-Accel-Buffering\" response header field.",
            source: "nginx, ngx_http_proxy_module, proxy_buffering"
        ) { seen in
            let value = try seen.streamResponse(.stream).response.head.value(of: "x-accel-buffering")
            return .expect(
                value?.lowercased() == "no",
                "X-Accel-Buffering: no",
                actual: Shown.values(value.map { [$0] } ?? [])
            )
        },
        ConformanceCase(
            18,
            "The head fits a proxy's buffer",
            .advice,
            of: .stream,
            requires: "Sets the size of the buffer used for reading the first part of the response received from the "
                + "proxied server. By default, the buffer size is equal to one memory page: either 4K or 8K.",
            source: "nginx, ngx_http_proxy_module, proxy_buffer_size"
        ) { seen in
            let bytes = try seen.response(.stream).headBytes
            return .expect(bytes <= 4096, "at most 4096 bytes", actual: "\(bytes) bytes")
        },
        ConformanceCase(
            19,
            "The stream is not compressed unasked",
            .advice,
            of: .stream,
            requires: "A compressor holds events back until it is flushed; the request named no coding.",
            source: "RFC 9110, 12.5.3"
        ) { seen in
            let codings = try seen.streamResponse(.stream).response.head.fields.tokens(of: "content-encoding")
            return .expect(
                codings.allSatisfy { $0 == "identity" },
                "no Content-Encoding",
                actual: Shown.values(codings)
            )
        },
    ]
}
