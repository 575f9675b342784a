import Record
import Vocabulary

extension HTMLReport {
    /// Connections, stages reached and errors.
    func countsSection() -> HTMLSection {
        HTMLSection(
            id: "counts",
            title: "Counts",
            body: "<div class=\"columns counts\"><div><h3>Connections</h3>\(connectionsTable())</div>"
                + "<div><h3>Stages reached</h3>\(stagesTable())</div><div><h3>Errors</h3>\(errorsTable())</div></div>"
        )
    }

    private func connectionsTable() -> String {
        let counts = document.connections
        let load = document.record.load
        return Self.pairs(
            "Connections",
            [
                ("Attempted", FigureText.count(counts.attempted)),
                ("Established", FigureText.count(counts.established)),
                ("Completed", FigureText.count(counts.completed)),
                ("Ended by the server", FigureText.count(counts.ended)),
                ("Dropped on purpose", FigureText.count(counts.dropped)),
                ("Failed", FigureText.count(counts.failed)), ("Open at once, at most", FigureText.count(counts.peak)),
                ("Events received", FigureText.count(load.events)),
                ("Comments received", FigureText.count(load.comments)),
                ("Bytes received", NumberText.bytes(Double(load.bytesReceived))),
            ] + (load.resumedHandshakes.map { [("TLS sessions resumed", FigureText.count($0))] } ?? [])
        )
    }

    private func stagesTable() -> String {
        let stages = document.record.load.stages
        let most = stages.values.max() ?? 0
        guard most > 0 else { return "<p class=\"empty\">No connection reached a stage.</p>" }
        let rows = Stage.allCases.compactMap { stage in
            stages[stage].map { count -> [HTMLTable.Cell] in
                let width = NumberText.fixed(max(Double(count) / Double(most) * 100, 1), digits: 1)
                return [
                    .code(stage.rawValue), .text(FigureText.count(count)),
                    .markup(Self.meter(width), class: "wide"),
                ]
            }
        }
        return HTMLTable(
            caption: "Stages reached",
            columns: [.text("Stage"), .figure("Reached"), .text("Of the most")],
            rows: rows
        ).render()
    }

    /// A bar whose width is a percentage; in attributes, as a strict policy takes styles away.
    private static func meter(_ width: String) -> String {
        "<svg class=\"meter\" width=\"100\" height=\"8\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" "
            + "aria-hidden=\"true\"><rect class=\"bar\"\(PlotPaint.attributes("bar")) width=\"\(width)\" height=\"8\"/></svg>"
    }

    private func errorsTable() -> String {
        guard !document.errors.isEmpty else { return "<p class=\"empty\">There were none.</p>" }
        if let text = ErrorText(document) {
            return Self.table("Errors", text.headings, text.rows) + Self.list(text.sentences)
        }
        let sorted = document.errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return HTMLTable(
            caption: "Errors",
            columns: [.text("Error"), .figure("Count")],
            rows: sorted.map { [.code($0.key), .text(FigureText.count($0.value))] }
        ).render()
    }

    /// Where the run ran.
    func environmentSection() -> HTMLSection {
        let environment = document.environment
        let generator = document.generator
        var machine: [(String, String)] = []
        if !environment.system.isEmpty { machine.append(("System", environment.system)) }
        if environment.processors > 0 { machine.append(("Processors", NumberText.grouped(environment.processors))) }
        if environment.descriptorLimit > 0 {
            machine.append(("Descriptors", NumberText.grouped(environment.descriptorLimit)))
        }
        machine.append(("Clock", environment.clock))
        machine.append(("Started", FigureText.moment(document.started)))
        machine.append(("Ended", FigureText.moment(document.ended)))
        var load: [(String, String)] = []
        if let cpu = generator.cpuSeconds { load.append(("Processor time", FigureText.seconds(cpu))) }
        if let memory = generator.peakResidentBytes {
            load.append(("Memory, at most", NumberText.bytes(Double(memory))))
        }
        if let lag = generator.loopLag {
            load.append(("Loop lag p50", DurationText.format(lag.p50)))
            load.append(("Loop lag p99", DurationText.format(lag.p99)))
            load.append(("Loop lag, at most", DurationText.format(lag.max)))
        }
        load.append(("Late arrivals", FigureText.count(generator.lateArrivals)))
        load.append(("Saturated", generator.saturated ? "yes" : "no"))
        load += document.record.generator.saturation.prefix(ReportLimits.evidence).map { ("Reason", $0) }
        return HTMLSection(
            id: "environment",
            title: "Environment",
            body: "<div class=\"columns two\"><div><h3>Machine</h3>\(Self.pairs("Machine", machine))</div>"
                + "<div><h3>Generator</h3>\(Self.pairs("Generator", load))</div></div>"
        )
    }

    /// A list of names and figures.
    static func pairs(_ caption: String, _ pairs: [(String, String)]) -> String {
        let rows = pairs.map { "<dt>\(HTMLEscaping.escape($0.0))</dt><dd>\(HTMLEscaping.escape($0.1))</dd>" }
        return "<dl aria-label=\"\(HTMLEscaping.escape(caption))\">\(rows.joined())</dl>"
    }
}

extension HTMLReport {
    /// What ordinary requests saw; nil where none were made.
    func bystandersSection() -> HTMLSection? {
        guard let bystanders = document.bystanders, !bystanders.isEmpty else { return nil }
        let text = BystanderText(bystanders)
        return HTMLSection(
            id: "bystanders",
            title: "Bystanders",
            lead: "Ordinary requests to other endpoints, before the streams, beside them, and after them; "
                + "each counts from its scheduled moment.",
            body: Self.table("Bystanders", text.headings, text.rows)
        )
    }

    /// What became of stalled connections; nil where none stalled.
    func stallsSection() -> HTMLSection? {
        guard let stalls = document.stalls, !stalls.isEmpty else { return nil }
        let text = StallText(stalls)
        return HTMLSection(
            id: "stalls",
            title: "Stalled connections",
            lead: "Connections that went silent and stayed open: whether the server ended them, and when.",
            body: Self.table("Stalled connections", text.headings, text.rows)
        )
    }

    /// A table of texts, the first column the name of each row.
    static func table(_ caption: String, _ headings: [String], _ rows: [[String]]) -> String {
        func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
        return HTMLTable(
            caption: caption,
            columns: headings.enumerated().map { index, heading in
                index == 0 ? .text(capital(heading)) : .figure(capital(heading))
            },
            rows: rows.map { row in
                row.enumerated().map { index, cell in
                    index == 0 ? .code(cell) : cell == "–" ? .absent : .text(cell)
                }
            }
        ).render()
    }

    /// Sentences, one below the other; nothing where there are none.
    static func list(_ sentences: [String]) -> String {
        guard !sentences.isEmpty else { return "" }
        return "<ul>" + sentences.map { "<li>\(HTMLEscaping.escape($0))</li>" }.joined() + "</ul>"
    }
}
