import Testing

extension Integration {
    /// `hydrotest check` against servers of others: what it says of them is true, and stays the same.
    @Suite struct CheckServersTests {
        /// The numbers of the failed cases of a level at least as binding as `should`.
        private func broken(_ document: CheckTests.Document) -> Set<String> {
            document.failed.subtracting(document.cases.filter { $0.level == "advice" }.map(\.number))
        }

        @Test(.needs(.nchan), .needs(.openssl)) func nchan() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let nginx = try NginxServer(in: folder)
            defer { nginx.program.stop() }
            let (result, document) = try CheckTests.check(
                "\(nginx.plain)/sub/news",
                publish: "\(nginx.plain)/pub/news",
                in: folder
            )
            #expect(result.exitCode == 1)
            #expect(
                broken(document) == [
                    // The body ends with the connection, which is said to be kept; caches are told nothing.
                    "1.15", "1.16",
                    // Pings are events without data; a carriage return in a message is sent as it is.
                    "2.10", "2.22", "2.23",
                    // Any Accept but text/event-stream is answered 403; HEAD and unknown methods are not answered.
                    "3.1", "3.2", "3.3", "3.10", "3.13",
                    // The origin is repeated without Vary.
                    "3.26",
                ],
                "\(result.output)"
            )
        }

        @Test(.needs(.sseStarlette)) func sseStarlette() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try PythonServer("starlette-events.py", in: folder)
            defer { server.program.stop() }
            let (result, document) = try CheckTests.check(
                "\(server.address)/events",
                publish: "\(server.address)/broadcast",
                in: folder
            )
            #expect(result.exitCode == 1)
            // Nothing is kept for clients that come back; uvicorn takes the absolute form for a path, and refuses
            // without a Date.
            #expect(broken(document).isSuperset(of: ["4.12", "7.1", "7.12"]), "\(result.output)")
            #expect(!document.failed.contains { $0.hasPrefix("1.") || $0.hasPrefix("2.") }, "\(result.output)")
        }

        @Test(.needs(.aiohttpSSE)) func aiohttpSSE() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try PythonServer("aiohttp-server.py", in: folder)
            defer { server.program.stop() }
            let (result, document) = try CheckTests.check(
                "\(server.address)/events",
                publish: "\(server.address)/broadcast",
                in: folder
            )
            #expect(result.exitCode == 1)
            // HEAD is not allowed; nothing is kept for clients that come back; a long target is answered 400.
            #expect(broken(document).isSuperset(of: ["3.12", "4.12", "5.7", "7.5"]), "\(result.output)")
            #expect(!document.failed.contains { $0.hasPrefix("1.") || $0.hasPrefix("2.") }, "\(result.output)")
        }
    }
}
