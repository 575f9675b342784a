// A hub that hands each event to one client after the other and waits until it is taken: a client that does not read
// stops all others. FIX=1 gives each client a queue, and leaves out what it has no room for.
package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

type hub struct {
	mutex   sync.Mutex
	clients []chan string
}

func (h *hub) join(queue chan string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.clients = append(h.clients, queue)
}

func (h *hub) leave(queue chan string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for index, other := range h.clients {
		if other == queue {
			h.clients = append(h.clients[:index:index], h.clients[index+1:]...)
		}
	}
}

func (h *hub) broadcast(text string, waits bool) {
	h.mutex.Lock()
	clients := h.clients
	h.mutex.Unlock()
	for _, queue := range clients {
		if waits {
			// One that has left takes what is still meant for it in its last moment.
			queue <- text
			continue
		}
		select {
		case queue <- text:
		default:
		}
	}
}

func main() {
	isFixed := os.Getenv("FIX") == "1"
	size := 0
	if isFixed {
		size = 8
	}
	h := &hub{}
	go func() {
		pad := strings.Repeat("x", 150000)
		for number := 0; ; number++ {
			time.Sleep(125 * time.Millisecond)
			h.broadcast(fmt.Sprintf("event: quote\ndata: %d %s\n\n", number, pad), !isFixed)
		}
	}()
	http.HandleFunc("/quotes", func(response http.ResponseWriter, request *http.Request) {
		response.Header().Set("Content-Type", "text/event-stream")
		response.WriteHeader(200)
		response.(http.Flusher).Flush()
		queue := make(chan string, size)
		h.join(queue)
		left := request.Context().Done()
		for {
			select {
			case text := <-queue:
				fmt.Fprint(response, text)
				response.(http.Flusher).Flush()
			case <-left:
				go func() {
					for range queue {
					}
				}()
				h.leave(queue)
				return
			}
		}
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	panic(http.Serve(listener, nil))
}
