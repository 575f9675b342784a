import Record

extension Series {
    mutating func append(_ t: Double, _ v: Double) {
        self.t.append(t)
        self.v.append(v)
    }
}
