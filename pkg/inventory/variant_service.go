package inventory

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/omni-stock/omnistock/pkg/catalog"
	"github.com/omni-stock/omnistock/pkg/core"
	"github.com/omni-stock/omnistock/pkg/core/db"
)

const (
	errAxisTwice   = "An item has one value on an axis."
	errOtherAxis   = "This value is of another axis."
	mostAttributes = 100
)

// Variant returns what is known of an item's variant; it fails as Get does.
func (s *Service) Variant(ctx context.Context, id int64) (v *Variant, err error) {
	if _, err := s.Get(ctx, id); err != nil {
		return nil, err
	}
	return selectVariant(ctx, s.db, id)
}

// ChangeVariant sets an item's attributes and what it is an example of; it fails as Change does, and is Invalid where a
// value, a product or a set is not one that the vendor sees, or a value is of another axis.
func (s *Service) ChangeVariant(
	ctx context.Context, id int64, change VariantChange, guard core.Guard[*Variant],
) (v *Variant, err error) {
	a, err := s.affiliation(ctx)
	if err != nil {
		return nil, err
	}
	err = db.InTx(ctx, s.db, func(ctx context.Context, tx bun.Tx) error {
		if _, err := lockWritable(ctx, tx, a, id, nil); err != nil {
			return err
		}
		if v, err = selectVariant(ctx, tx, id); err != nil {
			return err
		}
		if err := guard.Check(v); err != nil {
			return err
		}
		if change.Attributes.Sent {
			if err := saveAttributes(ctx, tx, a.VendorID, id, change.Attributes.Value); err != nil {
				return err
			}
		}
		if err := saveReference(ctx, tx, a.VendorID, v.Reference, id, change); err != nil {
			return err
		}
		v, err = selectVariant(ctx, tx, id)
		return err
	})
	return v, err
}

// saveAttributes replaces an item's attributes.
func saveAttributes(ctx context.Context, tx bun.Tx, vendorID, itemID int64, inputs []AttributeInput) error {
	if len(inputs) > mostAttributes {
		return core.InvalidField("attributes", "These are too many.")
	}
	attributes, seen := make([]*Attribute, len(inputs)), map[int64]bool{}
	wrong, isWrong := make([]core.Fields, len(inputs)), false
	for i, in := range inputs {
		value, err := catalog.HoldValue(ctx, tx, vendorID, in.ValueID)
		wrong[i] = core.Fields{}
		switch {
		case core.KindOf(err) == core.NotFound:
			wrong[i].Add("value", core.UnknownIDMessage(in.ValueID))
		case err != nil:
			return err
		case value.AxisID != in.AxisID:
			wrong[i].Add("value", errOtherAxis)
		case seen[in.AxisID]:
			wrong[i].Add("axis", errAxisTwice)
		}
		seen[in.AxisID] = true
		isWrong = isWrong || len(wrong[i]) > 0
		attributes[i] = &Attribute{ItemID: itemID, AxisID: in.AxisID, ValueID: in.ValueID}
	}
	if isWrong {
		return core.InvalidFields(core.Fields{"attributes": wrong})
	}
	return replaceAttributes(ctx, tx, itemID, attributes)
}

// saveReference sets what an item is an example of, from what was before.
func saveReference(ctx context.Context, tx bun.Tx, vendorID int64, was Reference, itemID int64, change VariantChange) error {
	if !change.ProductID.Sent && !change.SetID.Sent {
		return nil
	}
	r := &Reference{ItemID: itemID, ProductID: was.ProductID, SetID: was.SetID}
	change.ProductID.SetPtr(&r.ProductID)
	change.SetID.SetPtr(&r.SetID)
	wrong := core.Fields{}
	if change.ProductID.HasValue() {
		_, err := catalog.HoldProduct(ctx, tx, vendorID, *r.ProductID)
		if err := noteUnknown(wrong, "product", *r.ProductID, err); err != nil {
			return err
		}
	}
	if change.SetID.HasValue() {
		_, err := catalog.HoldSet(ctx, tx, vendorID, *r.SetID)
		if err := noteUnknown(wrong, "set", *r.SetID, err); err != nil {
			return err
		}
	}
	switch {
	case len(wrong) > 0:
		return core.InvalidFields(wrong)
	case r.ProductID == nil && r.SetID == nil:
		return deleteReference(ctx, tx, itemID)
	}
	return upsertReference(ctx, tx, r)
}

// noteUnknown adds to what is wrong if err says that an object is not there; it returns any other error.
func noteUnknown(wrong core.Fields, field string, id int64, err error) error {
	if core.KindOf(err) == core.NotFound {
		wrong.Add(field, core.UnknownIDMessage(id))
		return nil
	}
	return err
}
