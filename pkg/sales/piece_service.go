package sales

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/serial"
	"github.com/omni-stock/omnistock/pkg/stock"
)

// findPieces returns the pieces that lines name, by their ids: Invalid if one is not the vendor's, or of another item. So
// only pieces of items that are locked are locked after it.
func (s *Service) findPieces(ctx context.Context, tx bun.Tx, vendorID int64, lines []*Line) (map[int64]*serial.Unit, error) {
	var ids []int64
	for _, l := range lines {
		ids = append(ids, l.PieceIDs...)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	pieces, err := selectPieces(ctx, tx, vendorID, ids)
	if err != nil {
		return nil, err
	}
	byID, wrong := map[int64]*serial.Unit{}, core.Fields{}
	for _, u := range pieces {
		byID[u.ID] = u
	}
	setElements(wrong, "lines", lines, func(l *Line) core.Fields {
		wrong := core.Fields{}
		for _, id := range l.PieceIDs {
			switch u := byID[id]; {
			case u == nil:
				wrong.Add("serials", core.UnknownIDMessage(id))
			case u.ItemID != l.ItemID:
				wrong.Add("serials", msgOtherItem)
			}
		}
		return wrong
	})
	return byID, core.InvalidFields(wrong)
}

// origin is the movement that brought the units of a line, nil if that is not known: each of them is named, and all came
// together.
func (l *Line) origin(pieces map[int64]*serial.Unit) (movementID *int64) {
	if len(l.PieceIDs) != int(l.Units) {
		return nil
	}
	for i, id := range l.PieceIDs {
		came := pieces[id].CameByID
		if came == nil || i > 0 && *came != *movementID {
			return nil
		}
		movementID = came
	}
	return movementID
}

// movePieces says of the pieces that lines name that they went by the lines' movements, or came back by them, and notes
// with the lines what the pieces were then.
func (s *Service) movePieces(ctx context.Context, tx bun.Tx, h *stock.Holdings, lines []*Line, movements []*stock.Movement) error {
	for i, l := range lines {
		move := s.pieces.Return
		if movements[i].Delta < 0 {
			move = s.pieces.Take
		}
		pieces, err := move(ctx, tx, h, l.PieceIDs, movements[i])
		if err != nil {
			return err
		}
		l.Serials = newLineSerials(pieces)
	}
	return nil
}

// haveNamed returns why the units that a sale took without naming them cannot all have been such without certificates: what
// it left of an item are fewer units than pieces. It does not mind pieces that were too many before, if it names all its own.
func (s *Service) haveNamed(ctx context.Context, tx bun.Tx, h *stock.Holdings, sa *Sale) error {
	var nameless []int64
	for _, l := range sa.Lines {
		if l.nameless() > 0 {
			nameless = append(nameless, l.ItemID)
		}
	}
	if len(nameless) == 0 {
		return nil
	}
	surplus, err := s.pieces.Surplus(ctx, tx, h, sa.StoreID, nameless)
	if err != nil {
		return err
	}
	wrong := core.Fields{}
	setElements(wrong, "lines", sa.Lines, func(l *Line) core.Fields {
		wrong, missing := core.Fields{}, min(l.nameless(), surplus[l.ItemID])
		if missing > 0 {
			surplus[l.ItemID] -= missing
			wrong.Add("serials", msgNameless(int64(len(l.PieceIDs))+missing))
		}
		return wrong
	})
	return core.InvalidFields(wrong)
}

// nameless is how many units of a line are no pieces that it names.
func (l *Line) nameless() int64 { return int64(l.Units) - int64(len(l.PieceIDs)) }

// msgNameless says how many pieces a line has to name.
func msgNameless(pieces int64) string {
	if pieces == 1 {
		return "1 of these is a piece with a certificate: name it in serials."
	}
	return fmt.Sprintf("%d of these are pieces with certificates: name them in serials.", pieces)
}

// retire says of the pieces that a line names that they came back from the sale of an item that is deleted, and notes with
// the line what they were then.
func (s *Service) retire(ctx context.Context, tx bun.Tx, vendorID int64, l, sold *Line) error {
	pieces, err := s.pieces.Retire(ctx, tx, vendorID, l.PieceIDs, sold.MovementID)
	l.Serials = newLineSerials(pieces)
	return err
}

func newLineSerials(pieces []*serial.Unit) (list []*LineSerial) {
	for _, u := range pieces {
		list = append(list, &LineSerial{UnitID: u.ID, Grader: u.Grader, Certificate: u.Certificate, Grade: u.Grade, Qualifiers: u.Qualifiers})
	}
	return list
}

// nameRest names the pieces of those lines that take back all that is left of lines that were sold, and name none: the ones
// that went by them and are gone still, unless those are more than the units.
func (s *Service) nameRest(ctx context.Context, tx bun.Tx, back *Sale, sold []*Line) error {
	gone, err := selectGone(ctx, tx, back.VendorID, sold)
	for i, l := range back.Lines {
		ids, isRest := gone[sold[i].MovementID], -l.Units == sold[i].Units-sold[i].Returned
		if len(l.PieceIDs) == 0 && isRest && len(ids) <= int(-l.Units) {
			l.PieceIDs = ids
		}
	}
	return err
}
